using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>
/// Blocks into which connections receive. Kestrel's own are of 4 KiB, so that an image costs more than a hundred calls; these take
/// what a socket usually holds. Connections that wait hold none.
/// </summary>
public sealed class ReceiveBuffers : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private const int BlockBytes = 64 * 1024;

        // What a burst of senders has needed is given back to the collector beyond this.
        private const int MostKept = 64;

        private readonly System.Collections.Concurrent.ConcurrentQueue<Block> free = new();

        public override int MaxBufferSize => BlockBytes;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
            return free.TryDequeue(out var block) ? block : new Block(this);
        }

        protected override void Dispose(bool disposing) => free.Clear();

        private void Return(Block block)
        {
            if (free.Count < MostKept)
            {
                free.Enqueue(block);
            }
        }

        private sealed class Block(Pool pool) : IMemoryOwner<byte>
        {
            // Pinned: the socket writes into it while the collector runs.
            private readonly byte[] bytes = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);

            public Memory<byte> Memory => bytes;

            public void Dispose() => pool.Return(this);
        }
    }
}
