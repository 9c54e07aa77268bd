using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ClinicalSuite.Vessels;

/// <summary>
/// Eigenvalues of symmetric 3 x 3 matrices in closed form (Smith 1961). The cosine of a third of an angle is a polynomial in
/// the cosine of its half (error below 3e-8), so that no library function stands between scalar and vector results.
/// </summary>
public static class SymmetricEigenvalues
{
    // cos(2/3 acos t) on 0..1, least squares at Chebyshev nodes.
    private const float C0 = 0.500000023f;
    private const float C1 = 0.577347223f;
    private const float C2 = -0.11104324f;
    private const float C3 = 0.052869106f;
    private const float C4 = -0.0303130631f;
    private const float C5 = 0.0161594892f;
    private const float C6 = -0.0061699497f;
    private const float C7 = 0.00115042901f;

    private const float HalfRootThree = 0.8660254f;

    // Keeps the division defined where all three are equal; its cube must not vanish in single precision.
    private const float Tiny = 1e-12f;

    /// <summary>Largest, middle and smallest eigenvalue of [xx xy xz; xy yy yz; xz yz zz].</summary>
    public static (float Largest, float Middle, float Smallest) Of(float xx, float yy, float zz, float xy, float xz, float yz)
    {
        var mean = (xx + yy + zz) * (1 / 3f);
        var (a, b, c) = (xx - mean, yy - mean, zz - mean);
        var off = (xy * xy) + (xz * xz) + (yz * yz);
        var p = MathF.Sqrt((((a * a) + (b * b) + (c * c)) + (2 * off)) * (1 / 6f)) + Tiny;
        var determinant = (a * ((b * c) - (yz * yz))) - (xy * ((xy * c) - (yz * xz))) + (xz * ((xy * yz) - (b * xz)));
        var r = MathF.Max(-1f, MathF.Min(1f, determinant / (p * p * p) * 0.5f));
        var t = MathF.Sqrt((1f + r) * 0.5f);
        var y = (((((((((((((C7 * t) + C6) * t) + C5) * t) + C4) * t) + C3) * t) + C2) * t) + C1) * t) + C0;
        var sine = MathF.Sqrt(MathF.Max(0f, 1f - (y * y)));
        var p2 = 2f * p;
        var largest = mean + (p2 * y);
        var smallest = mean - (p2 * ((0.5f * y) + (HalfRootThree * sine)));
        var middle = mean - (p2 * ((0.5f * y) - (HalfRootThree * sine)));
        return (largest, middle, smallest);
    }

    /// <summary>The same operations in the same order on eight matrices at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Largest, Vector256<float> Middle, Vector256<float> Smallest) Of(
        Vector256<float> xx, Vector256<float> yy, Vector256<float> zz, Vector256<float> xy, Vector256<float> xz, Vector256<float> yz)
    {
        var one = Vector256<float>.One;
        var mean = (xx + yy + zz) * (1 / 3f);
        var (a, b, c) = (xx - mean, yy - mean, zz - mean);
        var off = (xy * xy) + (xz * xz) + (yz * yz);
        var p = Vector256.Sqrt((((a * a) + (b * b) + (c * c)) + (2f * off)) * (1 / 6f)) + Vector256.Create(Tiny);
        var determinant = (a * ((b * c) - (yz * yz))) - (xy * ((xy * c) - (yz * xz))) + (xz * ((xy * yz) - (b * xz)));
        var r = Vector256.Max(-one, Vector256.Min(one, determinant / (p * p * p) * 0.5f));
        var t = Vector256.Sqrt((one + r) * 0.5f);
        var y = Vector256.Create(C7);
        y = (y * t) + Vector256.Create(C6);
        y = (y * t) + Vector256.Create(C5);
        y = (y * t) + Vector256.Create(C4);
        y = (y * t) + Vector256.Create(C3);
        y = (y * t) + Vector256.Create(C2);
        y = (y * t) + Vector256.Create(C1);
        y = (y * t) + Vector256.Create(C0);
        var sine = Vector256.Sqrt(Vector256.Max(Vector256<float>.Zero, one - (y * y)));
        var p2 = 2f * p;
        var largest = mean + (p2 * y);
        var smallest = mean - (p2 * ((0.5f * y) + (HalfRootThree * sine)));
        var middle = mean - (p2 * ((0.5f * y) - (HalfRootThree * sine)));
        return (largest, middle, smallest);
    }
}
