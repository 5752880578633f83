using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Core.History;
using Parley.Storage.Sqlite.Admin;

namespace Parley.Cli.History;

/// <summary>The results about history that verbs print with <c>--json</c>, an object a line. Generated when the program is built, as a native one cannot look types up.</summary>
[JsonSerializable(typeof(HistoryStats))]
[JsonSerializable(typeof(ImportResult))]
[JsonSerializable(typeof(CheckResult))]
[JsonSerializable(typeof(RemovedMessages))]
[JsonSerializable(typeof(ForgottenMessages))]
[JsonSerializable(typeof(WrittenBackup))]
[JsonSerializable(typeof(WrittenBackups))]
internal sealed partial class HistoryJson : JsonSerializerContext
{
    /// <summary>Names as in JavaScript, texts as they are.</summary>
    public static HistoryJson Lines { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
