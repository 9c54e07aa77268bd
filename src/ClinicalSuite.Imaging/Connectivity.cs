namespace ClinicalSuite.Imaging;

/// <summary>Which voxels touch: those that share a face (6), or a face, an edge or a corner (26).</summary>
public enum Connectivity
{
    Faces6,
    All26,
}
