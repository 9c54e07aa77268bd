using System.Buffers.Binary;

namespace ClinicalSuite.RawData;

/// <summary>The 348 bytes of a NIfTI-1 header, as far as they are used (nifti1.h of the NIfTI data format working group).</summary>
internal sealed class NiftiHeader
{
    public const int Bytes = 348;
    private const int Nifti2Bytes = 540;

    private readonly byte[] _bytes;
    private readonly RawDataInput _input;

    private NiftiHeader(byte[] bytes, bool isBigEndian, RawDataInput input)
    {
        (_bytes, IsBigEndian, _input) = (bytes, isBigEndian, input);
    }

    public bool IsBigEndian { get; }

    public short DataType => Short(70);

    public long DataOffset => Whole(108);

    public float Slope => Float(112);

    public float Intercept => Float(116);

    public static NiftiHeader Read(RawDataInput input)
    {
        var bytes = new byte[Bytes];
        input.Read(bytes);
        var size = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var swapped = BinaryPrimitives.ReverseEndianness(size);
        if (size == Nifti2Bytes || swapped == Nifti2Bytes)
        {
            throw input.Fault("NIfTI-2, read is NIfTI-1", 0);
        }

        if (size != Bytes && swapped != Bytes)
        {
            throw input.Fault("no NIfTI-1 file: it does not begin with 348", 0);
        }

        var magic = bytes.AsSpan(344, 4);
        if (magic.SequenceEqual("ni1\0"u8))
        {
            throw input.Fault("header and image in two files (.hdr, .img), read is one .nii", 344);
        }

        return magic.SequenceEqual("n+1\0"u8)
            ? new NiftiHeader(bytes, size != Bytes, input)
            : throw input.Fault("no NIfTI-1 file: 'n+1' is not at its place", 344);
    }

    /// <summary>Sizes of the axes: column, row, slice, time and so on; trailing ones left out beyond three.</summary>
    public IReadOnlyList<int> Shape()
    {
        var axes = Short(40);
        if (axes is < 1 or > 7)
        {
            throw _input.Fault($"{axes} axes, a NIfTI-1 image has 1 to 7", 40);
        }

        var shape = new List<int>();
        for (var axis = 1; axis <= axes; axis++)
        {
            var size = Short(40 + (2 * axis));
            shape.Add(size >= 1 ? size : throw _input.Fault($"axis {axis} has a size of {size}", 40 + (2 * axis)));
        }

        while (shape.Count < 3)
        {
            shape.Add(1);
        }

        while (shape.Count > 3 && shape[^1] == 1)
        {
            shape.RemoveAt(shape.Count - 1);
        }

        return shape;
    }

    /// <summary>Rows of the affine (column, row, slice, 1) -> RAS mm: sform where there is one, else qform, else voxel sizes.</summary>
    public (double[][] Affine, NiftiOrientation Source) Orientation()
    {
        var (affine, source) = Short(254) > 0 ? (Sform(), NiftiOrientation.Sform)
            : Short(252) > 0 ? (Qform(), NiftiOrientation.Qform)
            : (Scaled([[1, 0, 0], [0, 1, 0], [0, 0, 1]], 1, [0, 0, 0]), NiftiOrientation.None);
        var unitMm = (_bytes[123] & 7) switch
        {
            1 => 1000.0,
            3 => 0.001,
            _ => 1.0,
        };
        return affine.All(row => row.All(double.IsFinite))
            ? ([.. affine.Select(row => row.Select(value => value * unitMm).ToArray())], source)
            : throw _input.Fault("the orientation holds a number that is not finite", 252);
    }

    private double[][] Sform() =>
        [.. Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 4).Select(column => (double)Float(280 + (16 * row) + (4 * column))).ToArray())];

    /// <summary>Rotation by the unit quaternion (a, b, c, d) with a from the other three; the third axis mirrored where pixdim[0] says so.</summary>
    private double[][] Qform()
    {
        double b = Float(256), c = Float(260), d = Float(264);
        var rest = 1 - ((b * b) + (c * c) + (d * d));
        var a = Math.Sqrt(Math.Max(0, rest));
        if (rest < 1e-7)
        {
            // A turn by 180 degrees: rounding may have left the three longer than one.
            var length = Math.Sqrt((b * b) + (c * c) + (d * d));
            (a, b, c, d) = (0, b / length, c / length, d / length);
        }

        double[][] turn =
        [
            [(a * a) + (b * b) - (c * c) - (d * d), 2 * ((b * c) - (a * d)), 2 * ((b * d) + (a * c))],
            [2 * ((b * c) + (a * d)), (a * a) + (c * c) - (b * b) - (d * d), 2 * ((c * d) - (a * b))],
            [2 * ((b * d) - (a * c)), 2 * ((c * d) + (a * b)), (a * a) + (d * d) - (b * b) - (c * c)],
        ];
        return Scaled(turn, Float(76) < 0 ? -1 : 1, [Float(268), Float(272), Float(276)]);
    }

    private double[][] Scaled(double[][] turn, double thirdAxis, double[] offset)
    {
        double[] size = [SpacingMm(1), SpacingMm(2), SpacingMm(3) * thirdAxis];
        return [.. Enumerable.Range(0, 3).Select(row => new[]
        {
            turn[row][0] * size[0], turn[row][1] * size[1], turn[row][2] * size[2], offset[row],
        })];
    }

    private double SpacingMm(int axis)
    {
        var size = Math.Abs(Float(76 + (4 * axis)));
        return size > 0 ? size : 1;
    }

    private long Whole(int at)
    {
        var value = Float(at);
        return value is >= 0 and < 1 << 30 ? (long)value : throw _input.Fault("an offset of the image that is none", at);
    }

    private short Short(int at) => IsBigEndian
        ? BinaryPrimitives.ReadInt16BigEndian(_bytes.AsSpan(at))
        : BinaryPrimitives.ReadInt16LittleEndian(_bytes.AsSpan(at));

    private float Float(int at) => IsBigEndian
        ? BinaryPrimitives.ReadSingleBigEndian(_bytes.AsSpan(at))
        : BinaryPrimitives.ReadSingleLittleEndian(_bytes.AsSpan(at));
}
