using System.IO.Compression;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>Frames that are native inside their fragments: as they are, or deflated one by one (PS3.5 A.4.11, A.4.13).
/// </summary>
internal static class PlainFrames
{
    public static byte[] Copy(FrameDescription frame, ReadOnlyMemory<byte> encoded) =>
        encoded.Length >= frame.FrameBytes
            ? encoded[..(int)frame.FrameBytes].ToArray()
            : throw Bad($"{encoded.Length} bytes of a frame of {frame.FrameBytes}");

    public static byte[] Inflate(FrameDescription frame, ReadOnlyMemory<byte> encoded)
    {
        var native = new byte[frame.FrameBytes];
        using var source = new DeflateStream(new MemoryStream(encoded.ToArray()), CompressionMode.Decompress);
        try
        {
            var count = source.ReadAtLeast(native, native.Length, throwOnEndOfStream: false);
            return count == native.Length ? native : throw Bad($"{count} inflated bytes of a frame of {native.Length}");
        }
        catch (InvalidDataException)
        {
            throw Bad("a frame that is not deflated data");
        }
    }

    private static DicomFormatException Bad(string reason) => new(reason, DicomTag.PixelData.ToString());
}
