using ClinicalSuite.Dicom.Text;

namespace ClinicalSuite.Dicom;

/// <summary>Text given as .NET strings, encoded when it is written.</summary>
internal sealed class TextElement(DicomTag tag, DicomVR vr, string[] values) : DicomElement(tag, vr)
{
    /// <summary>As UTF-8; what is written depends on the character set of the data set.</summary>
    public override long Length
    {
        get
        {
            var length = (long)Math.Max(0, values.Length - 1);
            foreach (var value in values)
            {
                length += System.Text.Encoding.UTF8.GetByteCount(value);
            }

            return length + (length & 1);
        }
    }

    public string[] Values => values;

    internal override ReadOnlyMemory<byte> ReadBytes() => Encode(DicomCharacterSet.Utf8);

    /// <exception cref="DicomFormatException">The text does not fit in the character set.</exception>
    internal byte[] Encode(DicomCharacterSet characterSet) =>
        DicomText.Encode(values, Tag, VR, VR.UsesCharacterSet ? characterSet : DicomCharacterSet.Default);
}
