using System.Text.Json;
using ClinicalSuite.Store.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ClinicalSuite.Store;

/// <summary>
/// Everything that the appliance knows, but for the instance files. One subclass per database engine carries that engine's
/// migrations; all else asks for this class.
/// </summary>
public abstract class ClinicDb(DbContextOptions options) : AccountsDb(options)
{
    public DbSet<Study> Studies => Set<Study>();

    public DbSet<Series> Series => Set<Series>();

    public DbSet<Instance> Instances => Set<Instance>();

    public DbSet<Association> Associations => Set<Association>();

    public DbSet<AnalysisRun> Runs => Set<AnalysisRun>();

    public DbSet<EvidenceObject> Evidence => Set<EvidenceObject>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<CustodyEvent> CustodyEvents => Set<CustodyEvent>();

    public DbSet<CommitmentTransaction> CommitmentTransactions => Set<CommitmentTransaction>();

    public DbSet<CommitmentOrder> CommitmentOrders => Set<CommitmentOrder>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<Announcement> Announcements => Set<Announcement>();

    public DbSet<AuditRecord> AuditRecords => Set<AuditRecord>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcTime>();
        configurationBuilder.Properties<RunState>().HaveConversion<string>();
        configurationBuilder.Properties<EvidenceKind>().HaveConversion<string>();
        configurationBuilder.Properties<DeliveryKind>().HaveConversion<string>();
        configurationBuilder.Properties<DeliveryState>().HaveConversion<string>();
        configurationBuilder.Properties<DeliveryProof>().HaveConversion<string>();
        configurationBuilder.Properties<NotificationKind>().HaveConversion<string>();
        configurationBuilder.Properties<NotificationState>().HaveConversion<string>();
        configurationBuilder.Properties<AnnouncementKind>().HaveConversion<string>();
        configurationBuilder.Properties<AnnouncementState>().HaveConversion<string>();
        configurationBuilder.Properties<CustodyStage>().HaveConversion<string>();
        configurationBuilder.Properties<CustodySeverity>().HaveConversion<string>();
        configurationBuilder.Properties<IdentityTrust>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        DescribeImages(builder);
        DescribeResults(builder);
        DescribeWorkflow(builder);
        builder.Entity<CustodyEvent>().HasIndex(e => new { e.StudyUid, e.Id });
        builder.Entity<AuditRecord>().HasIndex(r => r.Time);
    }

    private static void DescribeImages(ModelBuilder builder)
    {
        builder.Entity<Study>(study =>
        {
            study.HasKey(s => s.Uid);
            // By its name EF takes it for a key that is not used, and lets it be null.
            study.Property(s => s.StudyId).IsRequired();
            study.HasIndex(s => s.LastReceived);
            study.HasIndex(s => s.AssemblyDue);
            study.HasIndex(s => s.AccessionNumber);
            study.HasIndex(s => new { s.PatientId, s.IssuerOfPatientId, s.Uid });
            study.HasIndex(s => s.StudyDate);
        });
        builder.Entity<Series>(series =>
        {
            series.HasIndex(s => new { s.StudyUid, s.Uid }).IsUnique();
            series.HasOne(s => s.Study).WithMany(s => s.Series).HasForeignKey(s => s.StudyUid).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<Instance>(instance =>
        {
            instance.Property(i => i.Id).ValueGeneratedNever();
            instance.HasIndex(i => i.SopInstanceUid);
            instance.HasIndex(i => i.AssociationId);
            instance.HasOne(i => i.Series).WithMany(s => s.Instances).HasForeignKey(i => i.SeriesId)
                .OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<Association>().HasIndex(a => a.Closed);
    }

    private static void DescribeResults(ModelBuilder builder)
    {
        builder.Entity<AnalysisRun>(run =>
        {
            run.HasIndex(r => new { r.StudyUid, r.AnalysisId, r.AnalysisVersion, r.InputHash }).IsUnique();
            run.HasIndex(r => r.State);
            run.HasOne(r => r.Study).WithMany().HasForeignKey(r => r.StudyUid).OnDelete(DeleteBehavior.Restrict);
            AsJson(run.Property(r => r.Inputs));
        });
        builder.Entity<EvidenceObject>(evidence =>
        {
            evidence.HasIndex(e => new { e.RunId, e.FileName }).IsUnique();
            evidence.HasIndex(e => e.SopInstanceUid);
            evidence.HasOne(e => e.Run).WithMany(r => r.Evidence).HasForeignKey(e => e.RunId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<Delivery>(delivery =>
        {
            delivery.HasIndex(d => new { d.EvidenceObjectId, d.Destination }).IsUnique();
            delivery.HasIndex(d => new { d.State, d.NextAttempt });
            delivery.HasIndex(d => new { d.State, d.ProofDue });
            delivery.HasIndex(d => d.StudyUid);
            delivery.HasOne(d => d.Evidence).WithMany(e => e.Deliveries).HasForeignKey(d => d.EvidenceObjectId)
                .OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void DescribeWorkflow(ModelBuilder builder)
    {
        builder.Entity<CommitmentTransaction>().HasKey(t => t.TransactionUid);
        builder.Entity<CommitmentOrder>(order =>
        {
            order.HasIndex(o => new { o.AeTitle, o.TransactionUid });
            order.HasIndex(o => o.Evaluated);
            AsJson(order.Property(o => o.References));
        });
        builder.Entity<Notification>(notification =>
        {
            notification.HasIndex(n => new { n.Destination, n.Subject }).IsUnique();
            notification.HasIndex(n => new { n.State, n.NextAttempt });
        });
        builder.Entity<Announcement>(announcement =>
        {
            announcement.HasIndex(a => new { a.Kind, a.SopInstanceUid, a.StudyUid }).IsUnique();
            announcement.HasIndex(a => a.StudyUid);
            AsJson(announcement.Property(a => a.Series));
        });
    }

    /// <summary>A list that is written once and read as a whole.</summary>
    private static void AsJson<T>(PropertyBuilder<IReadOnlyList<T>> property) => property.HasConversion(
        list => JsonSerializer.Serialize(list, JsonSerializerOptions.Default),
        text => JsonSerializer.Deserialize<List<T>>(text, JsonSerializerOptions.Default)!,
        new ValueComparer<IReadOnlyList<T>>((a, b) => ReferenceEquals(a, b), list => list.Count, list => list));

    /// <summary>SQLite forgets the kind of a time; PostgreSQL demands that it is UTC.</summary>
    private sealed class UtcTime() : ValueConverter<DateTime, DateTime>(
        time => time.ToUniversalTime(), time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
