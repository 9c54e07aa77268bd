using ClinicalSuite.Findings;
using ClinicalSuite.Phantoms.Abdomen;

namespace ClinicalSuite.Cli.Simulation;

/// <summary>What the numbers of <see cref="CtLiverLabel"/> mean.</summary>
internal static class CtLiverSegments
{
    private static readonly Code AnatomicalStructure = new("91723000", "SCT", "Anatomical Structure");
    private static readonly Code MorphologicallyAbnormalStructure = new("49755003", "SCT", "Morphologically Abnormal Structure");
    private static readonly Code LiverCode = new("10200004", "SCT", "Liver");
    private static readonly Code PortalVein = new("32764006", "SCT", "Portal vein");

    public static IReadOnlyList<Segment> All { get; } =
    [
        Segment(CtLiverLabel.Liver, "Liver", LiverCode, new Rgb(150, 80, 60)) with
        {
            Includes = [CtLiverLabel.PortalVein, CtLiverLabel.HepaticVein, CtLiverLabel.Lesion],
        },
        Segment(CtLiverLabel.PortalVein, "Portal vein in the liver", PortalVein, new Rgb(60, 90, 255)),
        Segment(CtLiverLabel.HepaticVein, "Hepatic veins", new Code("8993003", "SCT", "Hepatic vein"), new Rgb(60, 220, 255)),
        Segment(CtLiverLabel.PortalVeinOutside, "Portal, splenic and superior mesenteric vein outside the liver", PortalVein, new Rgb(180, 80, 255)),
        Segment(CtLiverLabel.Spleen, "Spleen", new Code("78961009", "SCT", "Spleen"), new Rgb(150, 60, 150)),
        Segment(CtLiverLabel.Kidney, "Kidneys", new Code("64033007", "SCT", "Kidney"), new Rgb(190, 160, 60)),
        Segment(CtLiverLabel.Aorta, "Aorta", new Code("15825003", "SCT", "Aorta"), new Rgb(220, 40, 40)),
        Segment(CtLiverLabel.Cava, "Inferior vena cava", new Code("64131007", "SCT", "Inferior vena cava"), new Rgb(40, 40, 200)),
        Segment(CtLiverLabel.Lung, "Lungs", new Code("39607008", "SCT", "Lung"), new Rgb(90, 150, 120)),
        Segment(CtLiverLabel.Bone, "Bones", new Code("272673000", "SCT", "Bone"), new Rgb(230, 225, 200)),
        Segment(CtLiverLabel.Lesion, "Liver lesions", new Code("52988006", "SCT", "Lesion"), new Rgb(255, 170, 0)) with
        {
            Category = MorphologicallyAbnormalStructure,
            Region = LiverCode,
        },
    ];

    private static Segment Segment(int number, string label, Code type, Rgb color) =>
        new() { Number = number, Label = label, Type = type, Category = AnatomicalStructure, Region = type, Color = color };
}
