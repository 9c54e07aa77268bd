using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Arrays;
using ClinicalSuite.Evidence.Labels;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Imaging;
using ClinicalSuite.RawData;

namespace ClinicalSuite.Evidence.Images;

/// <summary>
/// A CT in HU that came as .npy or NIfTI, as a DICOM series: then it is read like any other, and results can refer to its images.
/// </summary>
public static class ArrayImages
{
    /// <summary>Writes the series into a folder as <c>image-0001.dcm</c> and so on; the same file and context give the same objects.</summary>
    /// <param name="context">Any object of the study that lends patient, study and frame of reference; null: nothing is known of them.</param>
    /// <returns>The paths, from the lowest slice on.</returns>
    /// <exception cref="InputRefusedException">It cannot be read, does not say where it lies, or is no volume of real numbers.</exception>
    public static IReadOnlyList<string> Write(string path, string? context, string folder, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var volume = RawFiles.KindOf(path) == RawFileKind.Nifti ? FromNifti(path) : FromNumpy(path);
        DemandUpright(volume.Geometry, path);
        var stored = StoredHounsfield.Of(volume.Voxels)
            ?? throw new InputRefusedException(InputReasons.PixelFormat, "a number that is not finite", path);
        var lender = context is null ? null : Lender(context);
        var series = new ConvertedSeries(lender, SeedOf(volume, lender), volume.Geometry, stored);
        Directory.CreateDirectory(folder);
        var paths = new List<string>();
        for (var slice = 0; slice < volume.Geometry.Slices; slice++)
        {
            cancellation.ThrowIfCancellationRequested();
            var target = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"image-{slice + 1:0000}.dcm"));
            DicomFile.Create(series.Image(volume.Slice(slice), slice)).Save(target);
            paths.Add(target);
        }

        return paths;
    }

    private static Volume<float> FromNifti(string path)
    {
        var image = RawFiles.Open(path, file => NiftiImage.Open(file));
        return new Volume<float>(NiftiGrid.Of(image, path), image.Values);
    }

    private static Volume<float> FromNumpy(string path)
    {
        var array = RawFiles.Open(path, file => NumpyArray.Open(file));
        if (array.Shape.Count != 3 || array.IsComplex)
        {
            throw new InputRefusedException(
                InputReasons.PixelFormat,
                $"an array of {string.Join(" x ", array.Shape)} {array.Type}, an image is (slice, row, column) of real numbers", path);
        }

        var grid = (ArrayDescription.Beside(path)
            ?? throw new InputRefusedException(InputReasons.NoGeometry, "no .json beside it gives an affine", path)).Grid(array.Shape);
        return new Volume<float>(grid, array.ToSingle());
    }

    private static DicomDataset Lender(string path)
    {
        var studies = StudyReader.Read([path]).Studies;
        return studies.Count == 1
            ? studies[0].Series[0].Header
            : throw new InputRefusedException(InputReasons.NoInput, $"{studies.Count} studies, lent is one", path);
    }

    /// <summary>DICOM images are rectangles that follow each other along their normal.</summary>
    private static void DemandUpright(VolumeGeometry grid, string path)
    {
        var (along, down, up) = (grid.ColumnStep.Normalized(), grid.RowStep.Normalized(), grid.SliceStep.Normalized());
        var sine = Math.Max(Math.Abs(along.Dot(down)), along.Cross(down).Cross(up).Length);
        if (sine > 1e-3 || grid.Slices < 2)
        {
            throw new InputRefusedException(
                grid.Slices < 2 ? InputReasons.TooFewSlices : InputReasons.GantryTilt,
                string.Create(CultureInfo.InvariantCulture, $"{grid.Slices} slices, axes {Math.Asin(Math.Min(1, sine)) * 180 / Math.PI:F1} degrees askew"),
                path);
        }
    }

    private static string SeedOf(Volume<float> volume, DicomDataset? lender)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{lender?.GetStringOrEmpty(DicomTag.StudyInstanceUID)} {volume.Geometry}"));
        for (var slice = 0; slice < volume.Geometry.Slices; slice++)
        {
            hash.AppendData(MemoryMarshal.AsBytes(volume.Slice(slice)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
