using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Server.Http.Accounts;

/// <summary>Requests about accounts and their answers as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccountCall))]
[JsonSerializable(typeof(AccountReply))]
internal sealed partial class AccountJson : JsonSerializerContext
{
    /// <summary>The longest request that is read, in bytes.</summary>
    public const int MaxRequestBytes = 16 * 1024;

    /// <summary>Reads a request; an empty one is a request for nothing in particular.</summary>
    /// <exception cref="ProblemException">It is none.</exception>
    public static AccountCall Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return body.IsEmpty ? new AccountCall() : JsonSerializer.Deserialize(body, Default.AccountCall) ?? throw Malformed();
        }
        catch (JsonException)
        {
            throw Malformed();
        }
    }

    private static ProblemException Malformed() => new(400, "Send an object of JSON, such as {\"account\": \"ann\"}, in UTF-8");
}
