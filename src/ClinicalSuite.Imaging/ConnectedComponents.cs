namespace ClinicalSuite.Imaging;

/// <summary>Connected components of a mask by union-find over runs of voxels.</summary>
public static class ConnectedComponents
{
    /// <summary>
    /// Numbers the components 1, 2, ... in the order of their first voxels; 0 is background.
    /// </summary>
    /// <returns>Sizes in voxels by number; entry 0 is the background's.</returns>
    /// <exception cref="ArgumentException">Spans that do not hold the shape.</exception>
    public static int[] Label(ReadOnlySpan<byte> mask, GridShape shape, Connectivity connectivity, Span<int> destination)
    {
        if (mask.Length != shape.Count || destination.Length != shape.Count)
        {
            throw new ArgumentException($"spans of {mask.Length} and {destination.Length} for {shape.Count} voxels");
        }

        var runs = new List<Run>();
        var firstOfRow = new int[(shape.Rows * shape.Slices) + 1];
        for (var row = 0; row < shape.Rows * shape.Slices; row++)
        {
            firstOfRow[row] = runs.Count;
            AddRuns(mask.Slice(row * shape.Columns, shape.Columns), runs);
        }

        firstOfRow[^1] = runs.Count;
        var parent = new int[runs.Count];
        for (var i = 0; i < parent.Length; i++)
        {
            parent[i] = i;
        }

        var table = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(runs);
        for (var slice = 0; slice < shape.Slices; slice++)
        {
            for (var row = 0; row < shape.Rows; row++)
            {
                JoinWithEarlierRows(slice, row, shape, connectivity, table, firstOfRow, parent);
            }
        }

        return Number(shape, table, firstOfRow, parent, destination);
    }

    /// <summary>The number of the largest component (the first of equals); 0 when there is none.</summary>
    public static int Largest(ReadOnlySpan<int> sizes)
    {
        var largest = 0;
        for (var i = 1; i < sizes.Length; i++)
        {
            if (largest == 0 || sizes[i] > sizes[largest])
            {
                largest = i;
            }
        }

        return largest;
    }

    /// <summary>Keeps the largest component of a mask. <paramref name="destination"/> may be the mask.</summary>
    /// <returns>Its size in voxels.</returns>
    public static int KeepLargest(ReadOnlySpan<byte> mask, GridShape shape, Connectivity connectivity, Span<byte> destination)
    {
        var labels = System.Buffers.ArrayPool<int>.Shared.Rent(shape.Count);
        var sizes = Label(mask, shape, connectivity, labels.AsSpan(0, shape.Count));
        var largest = Largest(sizes);
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = (byte)(largest != 0 && labels[i] == largest ? 1 : 0);
        }

        System.Buffers.ArrayPool<int>.Shared.Return(labels);
        return largest == 0 ? 0 : sizes[largest];
    }

    private static void AddRuns(ReadOnlySpan<byte> line, List<Run> runs)
    {
        var i = 0;
        while (i < line.Length)
        {
            var start = line[i..].IndexOfAnyExcept((byte)0);
            if (start < 0)
            {
                return;
            }

            start += i;
            var length = line[start..].IndexOf((byte)0);
            i = length < 0 ? line.Length : start + length;
            runs.Add(new Run(start, i));
        }
    }

    private static void JoinWithEarlierRows(
        int slice, int row, GridShape shape, Connectivity connectivity, ReadOnlySpan<Run> runs, int[] firstOfRow, int[] parent)
    {
        // Runs of rows that differ by one step touch when they overlap; with corners counted, also when they are one voxel apart.
        var reach = connectivity == Connectivity.All26 ? 1 : 0;
        for (var (rowStep, sliceStep) = (-1, -1); sliceStep <= 0; (rowStep, sliceStep) = Next(rowStep, sliceStep))
        {
            var diagonal = rowStep != 0 && sliceStep != 0;
            var isEarlier = sliceStep < 0 || rowStep < 0;
            var (otherRow, otherSlice) = (row + rowStep, slice + sliceStep);
            if (!isEarlier || (diagonal && reach == 0) || otherRow < 0 || otherRow >= shape.Rows || otherSlice < 0)
            {
                continue;
            }

            JoinRows((slice * shape.Rows) + row, (otherSlice * shape.Rows) + otherRow, reach, runs, firstOfRow, parent);
        }

        static (int RowStep, int SliceStep) Next(int rowStep, int sliceStep) =>
            rowStep < 1 ? (rowStep + 1, sliceStep) : (-1, sliceStep + 1);
    }

    private static void JoinRows(int row, int other, int reach, ReadOnlySpan<Run> runs, int[] firstOfRow, int[] parent)
    {
        var (a, b) = (firstOfRow[row], firstOfRow[other]);
        while (a < firstOfRow[row + 1] && b < firstOfRow[other + 1])
        {
            if (runs[a].From < runs[b].To + reach && runs[b].From < runs[a].To + reach)
            {
                Join(parent, a, b);
            }

            if (runs[a].To < runs[b].To)
            {
                a++;
            }
            else
            {
                b++;
            }
        }
    }

    private static int[] Number(GridShape shape, ReadOnlySpan<Run> runs, int[] firstOfRow, int[] parent, Span<int> destination)
    {
        destination.Clear();
        var numbers = new int[runs.Length];
        var sizes = new List<int> { shape.Count };
        for (var row = 0; row < firstOfRow.Length - 1; row++)
        {
            for (var i = firstOfRow[row]; i < firstOfRow[row + 1]; i++)
            {
                var root = Root(parent, i);
                if (numbers[root] == 0)
                {
                    numbers[root] = sizes.Count;
                    sizes.Add(0);
                }

                var length = runs[i].To - runs[i].From;
                sizes[numbers[root]] += length;
                sizes[0] -= length;
                destination.Slice((row * shape.Columns) + runs[i].From, length).Fill(numbers[root]);
            }
        }

        return [.. sizes];
    }

    private static int Root(int[] parent, int i)
    {
        while (parent[i] != i)
        {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }

        return i;
    }

    // The smaller index stays the root, so that the numbering does not depend on the order of joins.
    private static void Join(int[] parent, int a, int b)
    {
        (a, b) = (Root(parent, a), Root(parent, b));
        if (a < b)
        {
            parent[b] = a;
        }
        else
        {
            parent[a] = b;
        }
    }

    private readonly record struct Run(int From, int To);
}
