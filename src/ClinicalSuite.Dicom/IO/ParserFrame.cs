using ClinicalSuite.Dicom.Text;

namespace ClinicalSuite.Dicom.IO;

/// <summary>One open sequence or item of the parser. <see cref="End"/> is where a defined length ends.</summary>
internal struct ParserFrame
{
    public const long NoEnd = long.MaxValue;

    /// <summary>The data set that elements go to: the item, or the data set the sequence belongs to.</summary>
    public DicomDataset Dataset;

    /// <summary>Set where the frame is a sequence and items come next.</summary>
    public DicomSequence? Sequence;

    /// <summary>How many items the sequence has had so far.</summary>
    public int Items;

    public DicomCharacterSet CharacterSet;

    /// <summary>End by a defined length, or <see cref="NoEnd"/>.</summary>
    public long End;

    /// <summary>The nearest defined end outside or here: no value may pass it.</summary>
    public long Limit;

    /// <summary>Inside a UN sequence everything is implicit VR little endian (PS3.5 6.2.2).</summary>
    public bool IsExplicit;

    public bool IsBigEndian;
}
