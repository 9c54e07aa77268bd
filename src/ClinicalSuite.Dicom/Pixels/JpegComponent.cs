namespace ClinicalSuite.Dicom.Pixels;

/// <summary>A component of a JPEG frame header (ITU-T T.81 B.2.2).</summary>
internal readonly record struct JpegComponent(byte Id, int Horizontal, int Vertical, int QuantizationTable);
