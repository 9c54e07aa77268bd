namespace ClinicalSuite.Vessels;

/// <summary>What was found inside an organ.</summary>
/// <param name="Margin">
/// Per voxel, how far the contrast is above the local cut (intensity units); vessels are where it is positive and the piece is kept.
/// </param>
/// <param name="Mask">1 in vessels.</param>
/// <param name="NoiseSd">Standard deviation of the smoothed parenchyma, from its lower half.</param>
/// <param name="Plateau">Contrast of clear vessels over parenchyma; 0 when there are none.</param>
/// <param name="Pieces">Number of connected pieces.</param>
/// <param name="ThinShare">Share of the vessel voxels that only the vesselness found.</param>
/// <param name="LevelledMl">Volume of bright lesions and background humps that were levelled before.</param>
/// <param name="DenseMl">Volume of material far denser than vessels (calcification, embolisation agent), left out.</param>
public sealed record VesselEvidence(
    float[] Margin, byte[] Mask, float NoiseSd, float Plateau, int Pieces, double ThinShare, double LevelledMl, double DenseMl);
