namespace ClinicalSuite.Evidence.Drawing;

/// <summary>A rectangle: left, top, width and height in points (y down).</summary>
public readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public Box Inset(double by) => new(X + by, Y + by, Width - (2 * by), Height - (2 * by));
}
