namespace ClinicalSuite.Dicom.Pixels;

/// <summary>The samples of one component, whole blocks of them.</summary>
/// <param name="columns">Samples across that belong to the image.</param>
/// <param name="blocksAcross">Blocks across, those that fill up the last MCU included.</param>
internal sealed class JpegPlane(int columns, int rows, int blocksAcross, int blocksDown)
{
    public int Columns { get; } = columns;

    public int Rows { get; } = rows;

    /// <summary>Samples from one row to the next.</summary>
    public int Stride { get; } = 8 * blocksAcross;

    public ushort[] Samples { get; } = new ushort[checked(64 * blocksAcross * blocksDown)];
}
