namespace ClinicalSuite.Evidence.Drawing;

/// <summary>Values as PangoAlignment has them.</summary>
public enum TextAlignment
{
    Left = 0,
    Center = 1,
    Right = 2,
}
