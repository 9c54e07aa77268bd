namespace ClinicalSuite.Dicom.Pixels;

/// <summary>The coding process that a frame header names by its marker (ITU-T T.81 table B.1, T.87 C.1.1).</summary>
internal enum JpegProcess
{
    Baseline = 0xC0,
    Extended = 0xC1,
    Progressive = 0xC2,
    Lossless = 0xC3,
    DifferentialSequential = 0xC5,
    DifferentialProgressive = 0xC6,
    DifferentialLossless = 0xC7,
    ArithmeticSequential = 0xC9,
    ArithmeticProgressive = 0xCA,
    ArithmeticLossless = 0xCB,
    ArithmeticDifferentialSequential = 0xCD,
    ArithmeticDifferentialProgressive = 0xCE,
    ArithmeticDifferentialLossless = 0xCF,
    JpegLs = 0xF7,
}
