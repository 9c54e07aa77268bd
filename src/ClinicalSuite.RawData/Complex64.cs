using System.Runtime.InteropServices;

namespace ClinicalSuite.RawData;

/// <summary>NumPy's complex64: real part, then imaginary part, four bytes each.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Complex64(float Real, float Imaginary);
