"""How every form is written: one column, label above, help in one line, the error beside the field."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Our templates for forms and fields; widgets are under templates/django/forms/widgets."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    formset_template_name = "components/formset.html"
