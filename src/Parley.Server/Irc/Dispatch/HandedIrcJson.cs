using System.Text.Json.Serialization;

namespace Parley.Server.Irc.Dispatch;

/// <summary>The state of sessions on IRC as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HandedIrc))]
internal sealed partial class HandedIrcJson : JsonSerializerContext;
