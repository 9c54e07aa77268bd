namespace ClinicalSuite.Dicom.Network;

/// <summary>How far a C-MOVE or C-GET is, in objects (PS3.4 C.4.2.1.6 to C.4.2.1.9).</summary>
public readonly record struct SuboperationCounts(int Remaining, int Completed, int Failed, int Warning);
