namespace ClinicalSuite.RawData;

/// <summary>Which part of a NIfTI header places the voxels in the patient (NIfTI-1, methods 1 to 3).</summary>
public enum NiftiOrientation
{
    /// <summary>Only voxel sizes: where and how the grid lies is not known.</summary>
    None,
    Qform,
    Sform,
}
