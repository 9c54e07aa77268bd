using System.Runtime.Intrinsics;
using ClinicalSuite.Vessels;
using Xunit;

namespace ClinicalSuite.Science.Tests.Vessels;

public sealed class SymmetricEigenvaluesTests
{
    private static readonly float[][] Special =
    [
        [0, 0, 0, 0, 0, 0], [3, 3, 3, 0, 0, 0], [-2, -2, 5, 0, 0, 0], [5, 5, -2, 0, 0, 0], [1, 1, 1, 1, 1, 1], [4, 2, 1, 0, 0, 0],
    ];

    [Fact]
    public void They_are_the_roots_of_the_characteristic_polynomial_in_falling_order()
    {
        foreach (var m in Matrices())
        {
            var (largest, middle, smallest) = SymmetricEigenvalues.Of(m[0], m[1], m[2], m[3], m[4], m[5]);
            var expected = Jacobi(m);
            var scale = 1 + expected.Max(Math.Abs);

            // Single precision: 1e-7 of the norm, amplified by the cube root where two of them nearly agree.
            Assert.Equal(expected[0], largest, 2e-4 * scale);
            Assert.Equal(expected[1], middle, 2e-4 * scale);
            Assert.Equal(expected[2], smallest, 2e-4 * scale);
        }
    }

    [Fact]
    public void Eight_at_once_are_the_same_bits_as_one_at_a_time()
    {
        var matrices = Matrices().ToArray();
        for (var start = 0; start + 8 <= matrices.Length; start += 8)
        {
            var (largest, middle, smallest) = SymmetricEigenvalues.Of(V(0), V(1), V(2), V(3), V(4), V(5));
            for (var k = 0; k < 8; k++)
            {
                var m = matrices[start + k];
                Assert.Equal(SymmetricEigenvalues.Of(m[0], m[1], m[2], m[3], m[4], m[5]), (largest[k], middle[k], smallest[k]));
            }

            Vector256<float> V(int entry) => Vector256.Create([.. Enumerable.Range(start, 8).Select(i => matrices[i][entry])]);
        }
    }

    private static IEnumerable<float[]> Matrices()
    {
        var random = new Random(61);
        return Special.Concat(Enumerable.Range(0, 2002).Select(_ =>
            Enumerable.Range(0, 6).Select(_ => (random.NextSingle() - 0.5f) * 20).ToArray()));
    }

    /// <summary>Cyclic Jacobi rotations in double precision.</summary>
    private static double[] Jacobi(float[] m)
    {
        double[,] a = { { m[0], m[3], m[4] }, { m[3], m[1], m[5] }, { m[4], m[5], m[2] } };
        for (var sweep = 0; sweep < 30; sweep++)
        {
            foreach (var (p, q) in new[] { (0, 1), (0, 2), (1, 2) })
            {
                Rotate(a, p, q);
            }
        }

        return [.. new[] { a[0, 0], a[1, 1], a[2, 2] }.OrderDescending()];
    }

    private static void Rotate(double[,] a, int p, int q)
    {
        if (Math.Abs(a[p, q]) < 1e-300)
        {
            return;
        }

        var angle = 0.5 * Math.Atan2(2 * a[p, q], a[q, q] - a[p, p]);
        var (c, s) = (Math.Cos(angle), Math.Sin(angle));
        for (var k = 0; k < 3; k++)
        {
            (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        }

        for (var k = 0; k < 3; k++)
        {
            (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
        }
    }
}
