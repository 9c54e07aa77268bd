using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicalSuite.Store.Migrations.Lite
{
    /// <inheritdoc />
    public partial class QueryKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Studies_PatientId",
                table: "Studies");

            migrationBuilder.AddColumn<string>(
                name: "CharacterSet",
                table: "Studies",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "PatientNameKey",
                table: "Studies",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "ReferringPhysicianName",
                table: "Studies",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "StudyId",
                table: "Studies",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_Studies_PatientId_IssuerOfPatientId_Uid",
                table: "Studies",
                columns: new[] { "PatientId", "IssuerOfPatientId", "Uid" });

            migrationBuilder.CreateIndex(
                name: "IX_Studies_StudyDate",
                table: "Studies",
                column: "StudyDate");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Studies_PatientId_IssuerOfPatientId_Uid",
                table: "Studies");

            migrationBuilder.DropIndex(
                name: "IX_Studies_StudyDate",
                table: "Studies");

            migrationBuilder.DropColumn(
                name: "CharacterSet",
                table: "Studies");

            migrationBuilder.DropColumn(
                name: "PatientNameKey",
                table: "Studies");

            migrationBuilder.DropColumn(
                name: "ReferringPhysicianName",
                table: "Studies");

            migrationBuilder.DropColumn(
                name: "StudyId",
                table: "Studies");

            migrationBuilder.CreateIndex(
                name: "IX_Studies_PatientId",
                table: "Studies",
                column: "PatientId");
        }
    }
}
