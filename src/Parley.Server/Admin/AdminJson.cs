using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Server.Admin;

/// <summary>Requests and answers as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AdminRequest))]
[JsonSerializable(typeof(AdminAnswer))]
public sealed partial class AdminJson : JsonSerializerContext
{
    /// <summary>The longest request that a server reads, in bytes.</summary>
    public const int MaxRequestBytes = 64 * 1024;

    /// <summary>A request on a line of its own.</summary>
    public static string Line(AdminRequest request) => JsonSerializer.Serialize(request, Default.AdminRequest) + "\n";

    /// <summary>An answer on a line of its own.</summary>
    public static string Line(AdminAnswer answer) => JsonSerializer.Serialize(answer, Default.AdminAnswer) + "\n";
}
