using System.Text.Json.Serialization;
using Parley.Server.Connections;

namespace Parley.Server.Upgrade;

/// <summary>The messages as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UpgradeHello))]
[JsonSerializable(typeof(HandedListener))]
[JsonSerializable(typeof(HandedConnection))]
[JsonSerializable(typeof(HandedPoster))]
[JsonSerializable(typeof(EndedSession))]
internal sealed partial class UpgradeJson : JsonSerializerContext;
