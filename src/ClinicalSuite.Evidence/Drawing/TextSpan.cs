namespace ClinicalSuite.Evidence.Drawing;

/// <summary>Where text goes: in a width (points) with line breaks, or on one line that ends in an ellipsis when it is too long.</summary>
public readonly record struct TextSpan(
    double? Width = null, TextAlignment Alignment = TextAlignment.Left, bool OneLine = false);
