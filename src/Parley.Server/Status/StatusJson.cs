using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Server.Status;

/// <summary>Writes snapshots without looking types up at run time, which a native program cannot.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StatusSnapshot))]
internal sealed partial class StatusJson : JsonSerializerContext;
