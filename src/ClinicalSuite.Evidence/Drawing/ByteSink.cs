using System.Buffers;
using System.Runtime.InteropServices;

namespace ClinicalSuite.Evidence.Drawing;

/// <summary>Takes what cairo writes.</summary>
internal sealed unsafe class ByteSink : IDisposable
{
    private const int WriteError = 11; // CAIRO_STATUS_WRITE_ERROR
    private readonly ArrayBufferWriter<byte> bytes = new(64 * 1024);
    private GCHandle handle;

    public ByteSink() => handle = GCHandle.Alloc(this);

    public static delegate* unmanaged<nint, byte*, uint, int> Callback => &Append;

    public nint Closure => GCHandle.ToIntPtr(handle);

    public byte[] ToArray() => bytes.WrittenSpan.ToArray();

    public void Dispose()
    {
        if (handle.IsAllocated)
        {
            handle.Free();
        }
    }

    [UnmanagedCallersOnly]
    private static int Append(nint closure, byte* data, uint length)
    {
        if (GCHandle.FromIntPtr(closure).Target is not ByteSink sink || length > int.MaxValue)
        {
            return WriteError;
        }

        sink.bytes.Write(new ReadOnlySpan<byte>(data, (int)length));
        return 0;
    }
}
