using System.Buffers.Binary;

namespace ClinicalSuite.Standards.Tests.RawData;

/// <summary>NIfTI-1 files byte by byte, as nifti1.h lays them out; the numbers are 0, 1, 2, ...</summary>
internal static class NiftiFile
{
    public static byte[] Write(int[] shape, short type, int bytes, bool isBigEndian, float slope = 1, float intercept = 0)
    {
        var count = shape.Aggregate(1, (product, size) => product * size);
        var file = new byte[352 + (count * bytes)];
        void Put(int at, ReadOnlySpan<byte> littleEndian)
        {
            var target = file.AsSpan(at, littleEndian.Length);
            littleEndian.CopyTo(target);
            if (isBigEndian)
            {
                target.Reverse();
            }
        }

        Put(0, BitConverter.GetBytes(348));
        Put(40, BitConverter.GetBytes((short)shape.Length));
        for (var axis = 0; axis < shape.Length; axis++)
        {
            Put(42 + (2 * axis), BitConverter.GetBytes((short)shape[axis]));
            Put(80 + (4 * axis), BitConverter.GetBytes(1f));
        }

        Put(70, BitConverter.GetBytes(type));
        Put(72, BitConverter.GetBytes((short)(bytes * 8)));
        Put(108, BitConverter.GetBytes(352f));
        Put(112, BitConverter.GetBytes(slope));
        Put(116, BitConverter.GetBytes(intercept));
        file[123] = 2;
        "n+1\0"u8.CopyTo(file.AsSpan(344));
        for (var i = 0; i < count; i++)
        {
            Put(352 + (i * bytes), type switch
            {
                16 => BitConverter.GetBytes((float)i),
                64 => BitConverter.GetBytes((double)i),
                _ => BitConverter.GetBytes((long)i).AsSpan(0, bytes),
            });
        }

        return file;
    }

    public static void Short(byte[] file, int at, short value) => BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(at), value);

    public static void Float(byte[] file, int at, float value) => BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(at), value);
}
