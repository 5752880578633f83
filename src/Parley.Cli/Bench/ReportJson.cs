using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Cli.Bench;

/// <summary>Reads and writes reports without looking types up at run time, which a native program cannot.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(BenchReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
