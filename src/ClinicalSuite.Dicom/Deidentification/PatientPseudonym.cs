namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>Who a patient is from now on.</summary>
/// <param name="ShiftDays">Days that are added to the patient's dates where they are moved.</param>
public sealed record PatientPseudonym(string PatientId, string PatientName, int ShiftDays);
