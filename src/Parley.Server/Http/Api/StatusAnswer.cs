using System.Text.Json.Serialization;

namespace Parley.Server.Http.Api;

/// <summary>State of the server.</summary>
internal sealed record StatusAnswer(
    bool Success, string Version, [property: JsonPropertyName("start_time")] DateTimeOffset StartTime, bool Ready, string Health,
    StatusUsers Users, int Channels, int Servers, long MemoryBytes, IReadOnlyList<string> Listeners);
