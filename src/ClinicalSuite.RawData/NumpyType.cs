namespace ClinicalSuite.RawData;

/// <summary>The numeric types of NumPy that are read, by NumPy's names.</summary>
public enum NumpyType
{
    /// <summary>As bytes, 0 or 1.</summary>
    Bool,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float16,
    Float32,
    Float64,
    Complex64,

    /// <summary>As <see cref="System.Numerics.Complex"/>.</summary>
    Complex128,
}
