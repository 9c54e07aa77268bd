namespace ClinicalSuite.Imaging;

/// <summary>
/// A queue of voxels by level, lowest first, first in first out within a level. Each voxel is queued at most once, never below
/// the level that was dequeued last.
/// </summary>
internal sealed class LevelQueue
{
    private readonly int[] _next;
    private readonly int[] _first;
    private readonly int[] _last;
    private int _level;

    public LevelQueue(int voxels, int levels)
    {
        (_next, _first, _last) = (new int[voxels], new int[levels], new int[levels]);
        Array.Fill(_first, -1);
    }

    public void Enqueue(int voxel, int level)
    {
        _next[voxel] = -1;
        if (_first[level] < 0)
        {
            _first[level] = voxel;
        }
        else
        {
            _next[_last[level]] = voxel;
        }

        _last[level] = voxel;
    }

    public bool TryDequeue(out int voxel, out int level)
    {
        while (_level < _first.Length && _first[_level] < 0)
        {
            _level++;
        }

        level = _level;
        if (_level == _first.Length)
        {
            voxel = -1;
            return false;
        }

        voxel = _first[_level];
        _first[_level] = _next[voxel];
        return true;
    }
}
