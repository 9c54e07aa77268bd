using ClinicalSuite.Imaging;
using ClinicalSuite.Phantoms.Trees;

namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>Paints the CT numbers and labels of one slice after the other; each depends on itself alone.</summary>
internal sealed class AbdomenPainter
{
    // Reach of the lobar step on either side of the plane between the lobes.
    private const double LobarStepMm = 3;

    // Organs, the spine with them, reach at most so far into the wall.
    private const double InnerWallMm = 20;

    private readonly Anatomy _anatomy;
    private readonly TissueValues _values;
    private readonly CtLiverLook _look;
    private readonly VolumeGeometry _geometry;
    private readonly Tissue[] _tissues;
    private readonly IReadOnlyList<Lesion> _lesions;
    private readonly VesselOccupancy _portal;
    private readonly VesselOccupancy _hepatic;
    private readonly SmoothField _contrast;
    private readonly double _edgeMm;
    private readonly float[] _planeDepth;
    private readonly float[] _angle;

    public AbdomenPainter(
        Anatomy anatomy, TissueValues values, CtLiverLook look, VolumeGeometry geometry, LiverVessels vessels,
        IReadOnlyList<Lesion> lesions, SmoothField contrast)
    {
        (_anatomy, _values, _look, _geometry, _lesions, _contrast) = (anatomy, values, look, geometry, lesions, contrast);
        _tissues = [.. anatomy.Tissues(values)];
        _portal = new VesselOccupancy(geometry, vessels.Portal, vessels.Inflow);
        _hepatic = new VesselOccupancy(geometry, vessels.Hepatic);
        _edgeMm = (geometry.ColumnSpacingMm + geometry.RowSpacingMm + geometry.SliceSpacingMm) / 3;
        (_planeDepth, _angle) = (new float[geometry.Columns * geometry.Rows], new float[geometry.Columns * geometry.Rows]);
        for (var i = 0; i < _planeDepth.Length; i++)
        {
            var p = geometry.ToPatient(i % geometry.Columns, i / geometry.Columns, 0) * (1 / anatomy.Scale);
            _planeDepth[i] = (float)BodyOutline.PlaneDepth(p.X, p.Y);
            _angle[i] = (float)Math.Atan2(Math.Abs(p.X), p.Y);
        }
    }

    public void Paint(int slice, Span<float> image, Span<byte> labels)
    {
        var points = new BodyPoint[image.Length];
        var z = _geometry.ToPatient(0, 0, slice).Z / _anatomy.Scale;
        PaintWall(slice, z, image, labels, points);
        foreach (var tissue in _tissues)
        {
            Paint(tissue, z, points, image, labels);
        }

        PaintLobarStep(points, image, labels);
        foreach (var lesion in _lesions)
        {
            Paint(lesion, slice, image, labels);
        }

        Paint(_portal, _values.PortalVein, CtLiverLabel.PortalVein, slice, image, labels);
        Paint(_hepatic, _values.HepaticVein, CtLiverLabel.HepaticVein, slice, image, labels);
    }

    /// <summary>Depth below the skin, patient mm, of each point of a slice.</summary>
    public double DepthMm(int slice, int pixel) =>
        (_planeDepth[pixel] + BodyOutline.Widening(_geometry.ToPatient(0, 0, slice).Z / _anatomy.Scale)) * _anatomy.Scale;

    private void PaintWall(int slice, double z, Span<float> image, Span<byte> labels, Span<BodyPoint> points)
    {
        var edge = _edgeMm / _anatomy.Scale;
        for (var i = 0; i < image.Length; i++)
        {
            var depth = _planeDepth[i] + BodyOutline.Widening(z);
            points[i] = new BodyPoint(default, depth, double.MaxValue, double.MaxValue);
            if (depth < -edge)
            {
                image[i] = (float)(IsTable(i) ? _values.Table : _values.Air);
                continue;
            }

            var value = BodyOutline.WallValue(depth, _angle[i], _values);
            if (depth is > 12 and < BodyOutline.CavityDepthMm)
            {
                var rib = BodyOutline.RibDistance(depth, _angle[i], z);
                value += (_values.BoneShell - value) * Share(rib);
                value += (_values.Marrow - value) * Share(rib + 1.8);
                labels[i] = rib < 0 ? CtLiverLabel.Bone : CtLiverLabel.None;
            }

            if (depth > BodyOutline.CavityDepthMm - InnerWallMm)
            {
                var p = _geometry.ToPatient(i % _geometry.Columns, i / _geometry.Columns, slice) * (1 / _anatomy.Scale);
                points[i] = _anatomy.At(p, depth);
            }

            image[i] = (float)(_values.Air + ((value - _values.Air) * Share(-depth)));
        }
    }

    private bool IsTable(int pixel)
    {
        var p = _geometry.ToPatient(pixel % _geometry.Columns, pixel / _geometry.Columns, 0);
        return p.Y is > 111.5 and < 115 && Math.Abs(p.X) < 150;
    }

    private void Paint(Tissue tissue, double z, ReadOnlySpan<BodyPoint> points, Span<float> image, Span<byte> labels)
    {
        var margin = _edgeMm / _anatomy.Scale;
        if (z < tissue.Low.Z - margin || z > tissue.High.Z + margin)
        {
            return;
        }

        var (column0, column1) = Range(tissue.Low.X, tissue.High.X, _geometry.Origin.X, _geometry.ColumnSpacingMm, _geometry.Columns);
        var (row0, row1) = Range(tissue.Low.Y, tissue.High.Y, _geometry.Origin.Y, _geometry.RowSpacingMm, _geometry.Rows);
        for (var row = row0; row <= row1; row++)
        {
            for (var column = column0; column <= column1; column++)
            {
                var i = (row * _geometry.Columns) + column;
                if (points[i].LiverMm == double.MaxValue)
                {
                    continue;
                }

                var distance = tissue.Distance(points[i]);
                image[i] += (float)((tissue.Value - image[i]) * Share(distance));
                labels[i] = distance < 0 && tissue.Label is { } label ? label : labels[i];
            }
        }

        (int, int) Range(double low, double high, double origin, double spacing, int count) => (
            (int)Math.Max(0, Math.Floor((((low - margin) * _anatomy.Scale) - origin) / spacing)),
            (int)Math.Min(count - 1, Math.Ceiling((((high + margin) * _anatomy.Scale) - origin) / spacing)));
    }

    /// <summary>The right lobe is brighter than the left by a step at the plane from the cava to the gall bladder (Cantlie's line).</summary>
    private void PaintLobarStep(ReadOnlySpan<BodyPoint> points, Span<float> image, ReadOnlySpan<byte> labels)
    {
        for (var i = 0; i < image.Length && _look.LobarStepHu > 0; i++)
        {
            if (labels[i] == CtLiverLabel.Liver)
            {
                var rightwards = ((-22 - points[i].Position.X) * 0.93) - ((24 - points[i].Position.Y) * 0.36);
                image[i] += (float)(0.5 * _look.LobarStepHu * Math.Tanh(rightwards / LobarStepMm));
            }
        }
    }

    private void Paint(Lesion lesion, int slice, Span<float> image, Span<byte> labels)
    {
        var reach = lesion.RadiusMm + Lesion.RimMm + _edgeMm;
        if (Math.Abs(_geometry.ToPatient(0, 0, slice).Z - lesion.Centre.Z) > reach)
        {
            return;
        }

        var (column0, column1) = Range(lesion.Centre.X, reach, _geometry.Origin.X, _geometry.ColumnSpacingMm, _geometry.Columns);
        var (row0, row1) = Range(lesion.Centre.Y, reach, _geometry.Origin.Y, _geometry.RowSpacingMm, _geometry.Rows);
        for (var row = row0; row <= row1; row++)
        {
            for (var column = column0; column <= column1; column++)
            {
                var i = (row * _geometry.Columns) + column;
                var distance = (_geometry.ToPatient(column, row, slice) - lesion.Centre).Length - lesion.RadiusMm;
                var inside = Share(distance / _anatomy.Scale);
                var rim = lesion.RimHu * (Share((distance - Lesion.RimMm) / _anatomy.Scale) - inside);
                image[i] += (float)((lesion.AddedHu * inside) + rim);
                labels[i] = lesion.Labelled && distance < 0 && labels[i] == CtLiverLabel.Liver ? CtLiverLabel.Lesion : labels[i];
            }
        }

        static (int, int) Range(double centre, double reach, double origin, double spacing, int count) => (
            (int)Math.Max(0, Math.Ceiling((centre - reach - origin) / spacing)),
            (int)Math.Min(count - 1, Math.Floor((centre + reach - origin) / spacing)));
    }

    /// <summary>In the liver blood adds to the parenchyma; outside it takes the place of what was there.</summary>
    private void Paint(
        VesselOccupancy vessels, double value, byte label, int slice, Span<float> image, Span<byte> labels)
    {
        var points = new byte[image.Length];
        vessels.Count(slice, points);
        Span<float> contrast = stackalloc float[1];
        for (var i = 0; i < points.Length; i++)
        {
            if (points[i] == 0 || labels[i] == CtLiverLabel.Cava)
            {
                continue;
            }

            var (share, isLiver) = ((float)points[i] / VesselOccupancy.PointsPerVoxel, CtLiverLabel.IsLiver(labels[i]));
            _contrast.Read(_geometry.ToPatient(i % _geometry.Columns, i / _geometry.Columns, slice), 1, contrast);
            var added = isLiver
                ? (value - _values.Liver) * (1 + (_look.ContrastFieldSd * contrast[0]))
                : value - image[i];
            image[i] += (float)(added * share);
            if (share >= 0.5f)
            {
                labels[i] = isLiver || label == CtLiverLabel.HepaticVein ? label : CtLiverLabel.PortalVeinOutside;
            }
        }
    }

    /// <summary>Share of a voxel on the inner side of a surface at a signed distance, template mm.</summary>
    private double Share(double distance) => Math.Clamp(0.5 - (distance * _anatomy.Scale / _edgeMm), 0, 1);
}
