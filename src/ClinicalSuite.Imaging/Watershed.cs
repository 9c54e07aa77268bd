namespace ClinicalSuite.Imaging;

/// <summary>Watersheds on grids with 6 neighbours. Sequential by nature, linear in the number of voxels, the same for every run.</summary>
public static class Watershed
{
    private const int LargestLevel = 65535;

    /// <summary>
    /// Floods from markers, lowest relief first (Meyer 1991): each unmarked voxel takes the marker that reaches it over the
    /// lowest pass; of equal passes the one that came first.
    /// </summary>
    /// <param name="levelStep">Relief is told apart in steps of this size.</param>
    /// <param name="labels">Markers, 0 where unknown; filled on return.</param>
    /// <exception cref="ArgumentException">Spans that do not hold the shape.</exception>
    public static void Flood(ReadOnlySpan<float> relief, GridShape shape, float levelStep, Span<byte> labels)
    {
        if (relief.Length != shape.Count || labels.Length != shape.Count)
        {
            throw new ArgumentException($"spans of {relief.Length} and {labels.Length} for {shape.Count} voxels");
        }

        var queue = new LevelQueue(shape.Count, LargestLevel + 1);
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] != 0)
            {
                queue.Enqueue(i, 0);
            }
        }

        Span<int> neighbours = stackalloc int[6];
        while (queue.TryDequeue(out var i, out var level))
        {
            var count = Neighbourhood.Faces(i, shape, neighbours);
            foreach (var n in neighbours[..count])
            {
                if (labels[n] == 0)
                {
                    labels[n] = labels[i];
                    queue.Enqueue(n, Math.Max(level, (int)Math.Clamp(relief[n] / levelStep, 0, LargestLevel)));
                }
            }
        }
    }

    /// <summary>
    /// Splits a mask into the domains of the peaks of <paramref name="height"/>. A peak stands for itself when it rises at
    /// least <paramref name="dynamics"/> above the pass to a higher peak (Grimaud 1992); else it belongs to that one.
    /// </summary>
    /// <param name="destination">1, 2, ... in the order of falling peaks; 0 outside the mask.</param>
    /// <returns>The number of domains.</returns>
    /// <exception cref="ArgumentException">Spans that do not hold the shape.</exception>
    public static int SplitByPeaks(
        ReadOnlySpan<float> height, ReadOnlySpan<byte> mask, GridShape shape, float dynamics, Span<int> destination)
    {
        if (height.Length != shape.Count || mask.Length != shape.Count || destination.Length != shape.Count)
        {
            throw new ArgumentException($"spans of {height.Length}, {mask.Length} and {destination.Length} for {shape.Count} voxels");
        }

        destination.Clear();
        var basins = new Basins();
        Span<int> neighbours = stackalloc int[6];
        foreach (var i in ByFallingHeight(height, mask))
        {
            var count = Neighbourhood.Faces(i, shape, neighbours);
            var own = 0;
            var highest = float.NegativeInfinity;
            foreach (var n in neighbours[..count])
            {
                if (destination[n] == 0)
                {
                    continue;
                }

                if (height[n] > highest)
                {
                    (own, highest) = (destination[n], height[n]);
                }

                foreach (var other in neighbours[..count])
                {
                    if (other != n && destination[other] != 0)
                    {
                        basins.Join(destination[n], destination[other], height[i], dynamics);
                    }
                }
            }

            destination[i] = own != 0 ? own : basins.Add(height[i]);
        }

        return basins.Renumber(destination);
    }

    private static int[] ByFallingHeight(ReadOnlySpan<float> height, ReadOnlySpan<byte> mask)
    {
        var order = new List<int>();
        for (var i = 0; i < mask.Length; i++)
        {
            if (mask[i] != 0)
            {
                order.Add(i);
            }
        }

        var (keys, items) = (new float[order.Count], order.ToArray());
        for (var k = 0; k < items.Length; k++)
        {
            keys[k] = -height[items[k]];
        }

        // Array.Sort is not stable: equal heights are put into voxel order afterwards.
        Array.Sort(keys, items);
        for (int from = 0, to; from < keys.Length; from = to)
        {
            to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
            {
                to++;
            }

            Array.Sort(items, from, to - from);
        }

        return items;
    }

    /// <summary>Peaks and which of them have been joined.</summary>
    private sealed class Basins
    {
        private readonly List<int> _parent = [0];
        private readonly List<float> _peak = [float.NegativeInfinity];

        public int Add(float peak)
        {
            _parent.Add(_parent.Count);
            _peak.Add(peak);
            return _parent.Count - 1;
        }

        public void Join(int a, int b, float pass, float dynamics)
        {
            (a, b) = (Root(a), Root(b));
            if (a == b || Math.Min(_peak[a], _peak[b]) - pass >= dynamics)
            {
                return;
            }

            // Peaks were numbered as they fell, so the smaller number is the higher one.
            var (higher, lower) = a < b ? (a, b) : (b, a);
            _parent[lower] = higher;
        }

        public int Renumber(Span<int> labels)
        {
            var numbers = new int[_parent.Count];
            var count = 0;
            for (var basin = 1; basin < numbers.Length; basin++)
            {
                numbers[basin] = Root(basin) == basin ? ++count : numbers[Root(basin)];
            }

            foreach (ref var label in labels)
            {
                label = label == 0 ? 0 : numbers[label];
            }

            return count;
        }

        private int Root(int basin)
        {
            while (_parent[basin] != basin)
            {
                _parent[basin] = _parent[_parent[basin]];
                basin = _parent[basin];
            }

            return basin;
        }
    }
}
