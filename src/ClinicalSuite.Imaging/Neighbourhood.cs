namespace ClinicalSuite.Imaging;

/// <summary>Indices of neighbouring voxels.</summary>
internal static class Neighbourhood
{
    /// <summary>Writes the voxels that share a face with voxel <paramref name="i"/> and returns how many there are (at most 6).</summary>
    public static int Faces(int i, GridShape shape, Span<int> neighbours)
    {
        var inSlice = i % shape.SliceSize;
        var column = inSlice % shape.Columns;
        var count = 0;
        if (i >= shape.SliceSize)
        {
            neighbours[count++] = i - shape.SliceSize;
        }

        if (inSlice >= shape.Columns)
        {
            neighbours[count++] = i - shape.Columns;
        }

        if (column > 0)
        {
            neighbours[count++] = i - 1;
        }

        if (column < shape.Columns - 1)
        {
            neighbours[count++] = i + 1;
        }

        if (inSlice < shape.SliceSize - shape.Columns)
        {
            neighbours[count++] = i + shape.Columns;
        }

        if (i < shape.SliceSize * (shape.Slices - 1))
        {
            neighbours[count++] = i + shape.SliceSize;
        }

        return count;
    }
}
