using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Server.Http.Api;

/// <summary>Requests and answers as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiRequest))]
[JsonSerializable(typeof(DoneAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(WhoisAnswer))]
[JsonSerializable(typeof(ListAnswer))]
[JsonSerializable(typeof(AccountAnswer))]
[JsonSerializable(typeof(AccountsAnswer))]
[JsonSerializable(typeof(RehashAnswer))]
[JsonSerializable(typeof(BansAnswer))]
[JsonSerializable(typeof(AuditAnswer))]
[JsonSerializable(typeof(RoomsAnswer))]
[JsonSerializable(typeof(InvitationsAnswer))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>The longest request that is read, in bytes.</summary>
    public const int MaxRequestBytes = 16 * 1024;

    /// <summary>Reads a request; an empty one is a request for nothing in particular.</summary>
    /// <exception cref="ProblemException">It is none.</exception>
    public static ApiRequest Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return body.IsEmpty ? new ApiRequest() : JsonSerializer.Deserialize(body, Default.ApiRequest) ?? throw Malformed();
        }
        catch (JsonException)
        {
            throw Malformed();
        }
    }

    private static ProblemException Malformed() => new(400, "Send an object of JSON, such as {\"accountName\": \"ann\"}, in UTF-8");
}
