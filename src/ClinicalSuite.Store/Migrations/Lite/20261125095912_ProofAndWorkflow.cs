using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicalSuite.Store.Migrations.Lite
{
    /// <inheritdoc />
    public partial class ProofAndWorkflow : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "CommitmentTransaction",
                table: "Deliveries",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Proof",
                table: "Deliveries",
                type: "TEXT",
                nullable: false,
                defaultValue: "None");

            migrationBuilder.AddColumn<int>(
                name: "ProofAttempts",
                table: "Deliveries",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "ProofDue",
                table: "Deliveries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ProofText",
                table: "Deliveries",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Resends",
                table: "Deliveries",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "Sent",
                table: "Deliveries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Announcements",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    SopInstanceUid = table.Column<string>(type: "TEXT", nullable: false),
                    StudyUid = table.Column<string>(type: "TEXT", nullable: false),
                    SenderAeTitle = table.Column<string>(type: "TEXT", nullable: false),
                    Series = table.Column<string>(type: "TEXT", nullable: false),
                    DataSet = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Created = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Changed = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Announcements", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CommitmentOrders",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TransactionUid = table.Column<string>(type: "TEXT", nullable: false),
                    AeTitle = table.Column<string>(type: "TEXT", nullable: false),
                    PeerAddress = table.Column<string>(type: "TEXT", nullable: false),
                    AssociationId = table.Column<string>(type: "TEXT", nullable: false),
                    References = table.Column<string>(type: "TEXT", nullable: false),
                    Received = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Evaluated = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CommitmentOrders", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CommitmentTransactions",
                columns: table => new
                {
                    TransactionUid = table.Column<string>(type: "TEXT", nullable: false),
                    RunId = table.Column<string>(type: "TEXT", nullable: false),
                    StudyUid = table.Column<string>(type: "TEXT", nullable: false),
                    Destination = table.Column<string>(type: "TEXT", nullable: false),
                    Asked = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Accepted = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Reported = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CommitmentTransactions", x => x.TransactionUid);
                });

            migrationBuilder.CreateTable(
                name: "Notifications",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Destination = table.Column<string>(type: "TEXT", nullable: false),
                    SopInstanceUid = table.Column<string>(type: "TEXT", nullable: false),
                    EventType = table.Column<int>(type: "INTEGER", nullable: false),
                    DataSet = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StudyUid = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    NextAttempt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Fence = table.Column<long>(type: "INTEGER", nullable: false),
                    LeaseUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Error = table.Column<string>(type: "TEXT", nullable: false),
                    Created = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Done = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notifications", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_State_ProofDue",
                table: "Deliveries",
                columns: new[] { "State", "ProofDue" });

            migrationBuilder.CreateIndex(
                name: "IX_Announcements_Kind_SopInstanceUid_StudyUid",
                table: "Announcements",
                columns: new[] { "Kind", "SopInstanceUid", "StudyUid" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Announcements_StudyUid",
                table: "Announcements",
                column: "StudyUid");

            migrationBuilder.CreateIndex(
                name: "IX_CommitmentOrders_AeTitle_TransactionUid",
                table: "CommitmentOrders",
                columns: new[] { "AeTitle", "TransactionUid" });

            migrationBuilder.CreateIndex(
                name: "IX_CommitmentOrders_Evaluated",
                table: "CommitmentOrders",
                column: "Evaluated");

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_Destination_Subject",
                table: "Notifications",
                columns: new[] { "Destination", "Subject" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_State_NextAttempt",
                table: "Notifications",
                columns: new[] { "State", "NextAttempt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Announcements");

            migrationBuilder.DropTable(
                name: "CommitmentOrders");

            migrationBuilder.DropTable(
                name: "CommitmentTransactions");

            migrationBuilder.DropTable(
                name: "Notifications");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_State_ProofDue",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "CommitmentTransaction",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "Proof",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "ProofAttempts",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "ProofDue",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "ProofText",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "Resends",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "Sent",
                table: "Deliveries");
        }
    }
}
