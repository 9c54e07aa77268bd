using System.Globalization;
using ClinicalSuite.Clinic.Tests.Evidence;
using ClinicalSuite.Evidence.Arrays;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Arrays;

public sealed class ArrayFilesTests : IDisposable
{
    private static readonly Code Liver = new("10200004", "SCT", "Liver");

    // Oblique, with a mirrored axis and unequal steps: a transposed or negated affine cannot pass.
    private static readonly VolumeGeometry Grid = new(
        4, 3, 2, new Point3(-10.5, 20.25, 30), new Point3(0.8, 0.1, 0), new Point3(0.1, -0.9, 0.2), new Point3(0, 0.3, 2.5));

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void NumPy_finds_each_label_where_its_voxel_lies_in_the_patient()
    {
        Judges.SkipWithoutPython();
        var labels = new Volume<byte>(Grid);
        (labels[3, 1, 0], labels[2, 0, 1]) = (1, 7);

        var files = ArrayFiles.WriteLabels(_folder.Path, labels, [Segment(7, "Portal vein"), Segment(1, "肝", 7)]);

        Assert.Equal(["labels.npy", "labels.json"], files);
        var said = Judges.Run("/usr/bin/python3", "-c",
            """
            import json, numpy, sys
            a = numpy.load(sys.argv[1] + '/labels.npy'); j = json.load(open(sys.argv[1] + '/labels.json', encoding='utf-8'))
            print(a.dtype, a.shape, [(s['number'], s['label'], s['code']['value'], s['includes']) for s in j['segments']])
            for n in (1, 7):
                s, r, c = [int(v) for v in numpy.argwhere(a == n)[0]]
                print(*(numpy.array(j['affine']) @ [c, r, s, 1])[:3])
            """, _folder.Path).Output.Split('\n');

        Assert.Equal("uint8 (2, 3, 4) [(1, '肝', '10200004', [7]), (7, 'Portal vein', '10200004', [])]", said[0]);
        Assert.Equal(0, (Grid.ToPatient(3, 1, 0) - Point(said[1])).Length, 1e-9);
        Assert.Equal(0, (Grid.ToPatient(2, 0, 1) - Point(said[2])).Length, 1e-9);
    }

    [Fact]
    public void Equal_volumes_are_written_as_equal_bytes_with_their_unit()
    {
        var image = new Volume<float>(Grid);
        image[0, 0, 0] = 1.5f;

        ArrayFiles.Write(_folder.Path, "image", image, Units.Hounsfield);
        ArrayFiles.Write(_folder.Path, "again", image, Units.Hounsfield);

        Assert.Equal(Bytes("image.npy"), Bytes("again.npy"));
        Assert.Equal(Bytes("image.json"), Bytes("again.json"));
        Assert.Equal(
            """
            {
              "unit": "[hnsf'U]",
              "affine": [
                [0.8, 0.1, 0, -10.5],
                [0.1, -0.9, 0.3, 20.25],
                [0, 0.2, 2.5, 30],
                [0, 0, 0, 1]
              ]
            }

            """, File.ReadAllText(Path.Combine(_folder.Path, "image.json")));
    }

    public void Dispose() => _folder.Dispose();

    private byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(_folder.Path, name));

    private static Segment Segment(int number, string label, params int[] includes) => new()
    {
        Number = number,
        Label = label,
        Type = Liver,
        Category = Liver,
        Region = Liver,
        Includes = includes,
        Color = new Rgb(1, 2, 3),
    };

    private static Point3 Point(string line)
    {
        var numbers = line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new Point3(numbers[0], numbers[1], numbers[2]);
    }
}
