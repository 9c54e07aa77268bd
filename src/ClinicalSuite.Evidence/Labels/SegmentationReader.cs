using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>DICOM SEG to masks (PS3.3 A.51): binary, and fractional from half the maximum on.</summary>
internal static class SegmentationReader
{
    private const int UsualMaximum = 255;

    /// <returns>One entry for each segment that holds a voxel, in the order of their numbers.</returns>
    /// <exception cref="InputRefusedException">It is damaged, of another kind, or its planes form no stack.</exception>
    public static IReadOnlyList<GivenSegment> Read(InputFiles files, SourceInstance instance, SourceSeries series)
    {
        try
        {
            return new Reading(files.Read(instance.File), instance, series).Segments();
        }
        catch (DicomFormatException e)
        {
            throw StudyReader.Damaged(e, instance.File);
        }
    }

    private sealed class Reading(DicomDataset dataset, SourceInstance instance, SourceSeries series)
    {
        private readonly DicomPixelData _pixels = DicomPixelData.Create(dataset);
        private readonly DicomDataset? _shared = dataset.FirstItem(DicomTag.SharedFunctionalGroupsSequence);

        public List<GivenSegment> Segments()
        {
            DemandKind();
            var frames = Frames();
            var plane = Plane();
            var stated = Number(_shared?.FirstItem(DicomTag.PixelMeasuresSequence), DicomTag.SpacingBetweenSlices);
            var (grid, cause) = SegmentationGrid.Of(
                plane, [.. frames.Select(frame => frame.Position)], MaskPlace.GridOf(series), stated);
            if (grid is null)
            {
                throw Refusal(InputReasons.SliceGap, cause!);
            }

            var masks = frames.GroupBy(frame => frame.Segment).ToDictionary(group => group.Key, group => Mask(grid, [.. group]));
            var given = new List<GivenSegment>();
            foreach (var item in dataset.GetSequence(DicomTag.SegmentSequence).OrderBy(item => item.GetInt(DicomTag.SegmentNumber)))
            {
                if (masks.GetValueOrDefault(item.GetInt(DicomTag.SegmentNumber)) is { } mask)
                {
                    given.Add(new GivenSegment(
                        item.GetStringOrEmpty(DicomTag.SegmentLabel),
                        item.FirstItem(DicomTag.SegmentedPropertyTypeCodeSequence).ToCode(),
                        mask,
                        SourceObject.Describe("SEG", dataset)));
                }
            }

            return given;
        }

        private void DemandKind()
        {
            var kind = dataset.GetStringOrEmpty(DicomTag.SegmentationType);
            if (kind is not ("BINARY" or "FRACTIONAL"))
            {
                throw Refusal(InputReasons.BadLabels, $"segmentation type {kind}, read are BINARY and FRACTIONAL", DicomTag.SegmentationType);
            }

            if (_pixels.SamplesPerPixel != 1 || _pixels.BitsAllocated != (kind == "BINARY" ? 1 : 8))
            {
                throw Refusal(
                    InputReasons.PixelFormat, $"{_pixels.SamplesPerPixel} samples of {_pixels.BitsAllocated} bits in a {kind} segmentation",
                    DicomTag.BitsAllocated);
            }

            if (!_pixels.CanDecode)
            {
                throw Refusal(InputReasons.PixelFormat, $"compressed in {_pixels.TransferSyntax}", DicomTag.PixelData);
            }
        }

        private List<SegmentationFrame> Frames()
        {
            var perFrame = dataset.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence);
            if (perFrame.Count != _pixels.NumberOfFrames)
            {
                throw Refusal(
                    InputReasons.NoGeometry, $"{perFrame.Count} descriptions of {_pixels.NumberOfFrames} frames",
                    DicomTag.PerFrameFunctionalGroupsSequence);
            }

            var frames = new List<SegmentationFrame>();
            for (var index = 0; index < perFrame.Count; index++)
            {
                var identification = Group(perFrame[index], DicomTag.SegmentIdentificationSequence);
                if (identification is null || !identification.TryGetInt(DicomTag.ReferencedSegmentNumber, out var segment))
                {
                    throw Refusal(InputReasons.BadLabels, $"frame {index + 1} names no segment", DicomTag.SegmentIdentificationSequence);
                }

                frames.Add(new SegmentationFrame(index, segment, Position(perFrame[index])
                    ?? throw Refusal(InputReasons.NoGeometry, $"frame {index + 1} has no position", DicomTag.PlanePositionSequence)));
            }

            return frames;
        }

        /// <summary>As stated; where a sender left that out, that of the image that the frame was drawn on.</summary>
        private Point3? Position(DicomDataset frame)
        {
            if (Point(Group(frame, DicomTag.PlanePositionSequence), DicomTag.ImagePositionPatient, 0, 3) is { } stated)
            {
                return stated;
            }

            var image = frame.FirstItem(DicomTag.DerivationImageSequence)?.FirstItem(DicomTag.SourceImageSequence)
                ?.GetStringOrEmpty(DicomTag.ReferencedSOPInstanceUID);
            return series.Slices.FirstOrDefault(slice => slice.Instance.SopInstanceUid == image)?.Position;
        }

        /// <summary>Size and steps of the planes; orientation and spacing are the same for all frames.</summary>
        private VolumeGeometry Plane()
        {
            VolumeGeometry? plane = null;
            foreach (var frame in dataset.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence))
            {
                var orientation = Group(frame, DicomTag.PlaneOrientationSequence);
                var spacing = Group(frame, DicomTag.PixelMeasuresSequence)?.GetDoubles(DicomTag.PixelSpacing) ?? [];
                if (Point(orientation, DicomTag.ImageOrientationPatient, 0, 6) is not { } along
                    || Point(orientation, DicomTag.ImageOrientationPatient, 3, 6) is not { } down
                    || spacing is not [> 0, > 0])
                {
                    throw Refusal(InputReasons.NoGeometry, "a frame without orientation or pixel spacing", DicomTag.PlaneOrientationSequence);
                }

                var own = Geometry(along, down, spacing);
                plane ??= own;
                if ((own.ColumnStep - plane.ColumnStep).Length > 1e-3 || (own.RowStep - plane.RowStep).Length > 1e-3)
                {
                    throw Refusal(InputReasons.MixedOrientation, "frames of several orientations or pixel spacings", DicomTag.PlaneOrientationSequence);
                }
            }

            return plane ?? throw Refusal(InputReasons.BadLabels, "no frames", DicomTag.NumberOfFrames);
        }

        private VolumeGeometry Geometry(Point3 along, Point3 down, double[] spacing)
        {
            try
            {
                return new VolumeGeometry(
                    _pixels.Columns, _pixels.Rows, 1, default,
                    along.Normalized() * spacing[1], down.Normalized() * spacing[0], along.Cross(down).Normalized());
            }
            catch (ArgumentException e)
            {
                throw Refusal(InputReasons.NoGeometry, e.Message, DicomTag.PlaneOrientationSequence);
            }
        }

        /// <summary>Null where no frame holds a voxel. Frames of one segment at one place are one plane.</summary>
        private Volume<byte>? Mask(SegmentationGrid grid, IReadOnlyList<SegmentationFrame> frames)
        {
            var places = frames.Select(frame => grid.Place(frame.Position)).ToList();
            var from = places.Min();
            var stack = grid.Stack(from, places.Max());
            if (stack.VoxelCount > InputLimits.Usual.VoxelCount)
            {
                throw Refusal(InputReasons.TooLarge, $"{stack.VoxelCount} voxels, at most {InputLimits.Usual.VoxelCount}", DicomTag.PlanePositionSequence);
            }

            var mask = new Volume<byte>(stack);
            foreach (var (frame, place) in frames.Zip(places))
            {
                Paint(_pixels.GetFrame(frame.Index), mask.Slice(place - from));
            }

            return MaskPlace.Crop(stack, mask.Voxels);
        }

        private void Paint(ReadOnlySpan<byte> frame, Span<byte> plane)
        {
            if (_pixels.BitsAllocated == 1)
            {
                for (var pixel = 0; pixel < plane.Length; pixel++)
                {
                    plane[pixel] |= (byte)((frame[pixel >> 3] >> (pixel & 7)) & 1);
                }

                return;
            }

            var maximum = dataset.TryGetInt(DicomTag.MaximumFractionalValue, out var stated) ? stated : UsualMaximum;
            for (var pixel = 0; pixel < plane.Length; pixel++)
            {
                plane[pixel] |= (byte)(frame[pixel] * 2 >= maximum ? 1 : 0);
            }
        }

        private DicomDataset? Group(DicomDataset frame, DicomTag sequence) => frame.FirstItem(sequence) ?? _shared?.FirstItem(sequence);

        private static double? Number(DicomDataset? item, DicomTag tag) =>
            item is not null && item.TryGetDouble(tag, out var value) && double.IsFinite(value) ? Math.Abs(value) : null;

        private static Point3? Point(DicomDataset? item, DicomTag tag, int start, int count)
        {
            var values = item?.GetDoubles(tag);
            return values is not null && values.Length == count && values.All(double.IsFinite)
                ? new Point3(values[start], values[start + 1], values[start + 2])
                : null;
        }

        private InputRefusedException Refusal(Code reason, string cause, DicomTag? tag = null) =>
            new(reason, cause, instance.File.ToString(), tag?.ToString());
    }
}
