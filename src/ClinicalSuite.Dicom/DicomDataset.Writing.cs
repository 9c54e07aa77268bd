using System.Globalization;
using ClinicalSuite.Dicom.IO;
using ClinicalSuite.Dicom.Text;

namespace ClinicalSuite.Dicom;

public sealed partial class DicomDataset
{
    /// <summary>Adds an attribute without a value (type 2).</summary>
    public DicomDataset AddOrUpdate(DicomTag tag) => AddOrUpdate(DicomDictionary.Resolve(tag, this), tag);

    /// <summary>Adds an attribute without a value, its VR given.</summary>
    public DicomDataset AddOrUpdate(DicomVR vr, DicomTag tag)
    {
        ArgumentNullException.ThrowIfNull(vr);
        Put(vr == DicomVR.SQ
            ? new DicomSequence(tag)
            : new BytesElement(tag, vr, ReadOnlyMemory<byte>.Empty));
        return this;
    }

    /// <summary>Sets text values; for a binary VR the texts must be numbers.</summary>
    public DicomDataset AddOrUpdate(DicomTag tag, params string[] values) =>
        AddOrUpdate(DicomDictionary.Resolve(tag, this), tag, values);

    public DicomDataset AddOrUpdate(DicomVR vr, DicomTag tag, params string[] values)
    {
        ArgumentNullException.ThrowIfNull(vr);
        ArgumentNullException.ThrowIfNull(values);
        if (vr.IsText || vr == DicomVR.UN)
        {
            Put(new TextElement(tag, vr == DicomVR.UN ? DicomVR.LO : vr, [.. values]));
            return this;
        }

        return AddOrUpdate(
            vr, tag, Array.ConvertAll(values, value => double.Parse(value, CultureInfo.InvariantCulture)));
    }

    /// <summary>Sets numbers in the attribute's VR; DS keeps as many digits as fit in 16 characters.</summary>
    /// <exception cref="ArgumentException">A number cannot be said in the VR.</exception>
    public DicomDataset AddOrUpdate(DicomTag tag, params double[] values) =>
        AddOrUpdate(DicomDictionary.Resolve(tag, this), tag, values);

    public DicomDataset AddOrUpdate(DicomVR vr, DicomTag tag, params double[] values)
    {
        ArgumentNullException.ThrowIfNull(vr);
        ArgumentNullException.ThrowIfNull(values);
        if (vr == DicomVR.IS)
        {
            return AddOrUpdate(vr, tag, Array.ConvertAll(values, value => Whole(tag, value)));
        }

        if (vr.IsText)
        {
            Put(new TextElement(tag, vr, Array.ConvertAll(values, DecimalString.Format)));
            return this;
        }

        return PutBytes(vr, tag, BinaryNumbers.Encode(tag, vr, values));
    }

    public DicomDataset AddOrUpdate(DicomTag tag, params int[] values) =>
        AddOrUpdate(tag, Array.ConvertAll(values, value => (long)value));

    public DicomDataset AddOrUpdate(DicomVR vr, DicomTag tag, params int[] values) =>
        AddOrUpdate(vr, tag, Array.ConvertAll(values, value => (long)value));

    public DicomDataset AddOrUpdate(DicomTag tag, params long[] values) =>
        AddOrUpdate(DicomDictionary.Resolve(tag, this, values.Any(value => value < 0)), tag, values);

    public DicomDataset AddOrUpdate(DicomVR vr, DicomTag tag, params long[] values)
    {
        ArgumentNullException.ThrowIfNull(vr);
        ArgumentNullException.ThrowIfNull(values);
        if (vr.IsText)
        {
            var texts = Array.ConvertAll(values, value => value.ToString(CultureInfo.InvariantCulture));
            Put(new TextElement(tag, vr, texts));
            return this;
        }

        return PutBytes(vr, tag, BinaryNumbers.Encode(tag, vr, values));
    }

    /// <summary>Sets the tags of an AT attribute.</summary>
    public DicomDataset AddOrUpdate(DicomTag tag, params DicomTag[] values) => AddOrUpdate(DicomVR.AT, tag, values);

    public DicomDataset AddOrUpdate(DicomVR vr, DicomTag tag, params DicomTag[] values) =>
        PutBytes(vr, tag, BinaryNumbers.Encode(values));

    /// <summary>Sets bytes, kept, not copied; little-endian; text in the data set's character set.</summary>
    public DicomDataset AddOrUpdate(DicomTag tag, byte[] bytes) =>
        AddOrUpdate(DicomDictionary.Resolve(tag, this), tag, bytes);

    public DicomDataset AddOrUpdate(DicomVR vr, DicomTag tag, byte[] bytes) => PutBytes(vr, tag, bytes);

    /// <summary>Sets bytes; the memory is kept, not copied.</summary>
    public DicomDataset AddOrUpdate(DicomVR vr, DicomTag tag, ReadOnlyMemory<byte> bytes) => PutBytes(vr, tag, bytes);

    /// <summary>Sets 32-bit floats: bytes for OF, numbers otherwise.</summary>
    public DicomDataset AddOrUpdate(DicomTag tag, float[] values) =>
        AddOrUpdate(tag, Array.ConvertAll(values, value => (double)value));

    public DicomDataset AddOrUpdate(DicomVR vr, DicomTag tag, float[] values) =>
        AddOrUpdate(vr, tag, Array.ConvertAll(values, value => (double)value));

    /// <summary>Sets the items of a sequence. The items become part of this data set.</summary>
    public DicomDataset AddOrUpdate(DicomTag tag, params DicomDataset[] items)
    {
        Put(new DicomSequence(tag, items));
        return this;
    }

    public DicomDataset AddOrUpdate(DicomVR vr, DicomTag tag, params DicomDataset[] items)
    {
        if (vr != DicomVR.SQ)
        {
            throw new ArgumentException($"Items need VR SQ, not {vr}.", nameof(vr));
        }

        return AddOrUpdate(tag, items);
    }

    /// <summary>
    /// True where all text, items included, can be written in a character set; asked before one is chosen.
    /// </summary>
    /// <param name="specificCharacterSet">Values for (0008,0005); none for the default.</param>
    public bool TextFitsIn(params string[] specificCharacterSet) =>
        TextFitsIn(DicomCharacterSet.Of(specificCharacterSet));

    private bool TextFitsIn(DicomCharacterSet characterSet)
    {
        foreach (var element in elements)
        {
            if (element is DicomSequence sequence)
            {
                if (!sequence.Items.All(item => item.Contains(DicomTag.SpecificCharacterSet)
                    || item.TextFitsIn(characterSet)))
                {
                    return false;
                }
            }
            else if (element.VR.UsesCharacterSet && !element.IsEmpty
                && !characterSet.TryEncode(string.Join('\\', TextOf(element)), element.VR, out _))
            {
                return false;
            }
        }

        return true;
    }

    private static long Whole(DicomTag tag, double value) =>
        value == Math.Truncate(value) && Math.Abs(value) <= int.MaxValue
            ? (long)value
            : throw new ArgumentException($"{tag} is an integer string and cannot say a fraction.", nameof(value));

    private DicomDataset PutBytes(DicomVR vr, DicomTag tag, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(vr);
        Put(new BytesElement(tag, vr, bytes));
        return this;
    }
}
