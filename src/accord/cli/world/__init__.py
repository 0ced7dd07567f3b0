"""The demo world and the bench world: generated, reproducible from a seed, about nobody."""

from accord.cli.world.bench import build_bench
from accord.cli.world.demo import build_demo, personas

__all__ = ["build_bench", "build_demo", "personas"]
