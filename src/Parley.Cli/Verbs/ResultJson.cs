using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Cli.Accounts;
using Parley.Cli.Moving;
using Parley.Cli.Terminal;
using Parley.Cli.Tokens;

namespace Parley.Cli.Verbs;

/// <summary>The results about settings, tokens, hooks and moved data that verbs print with <c>--json</c>, an object a line. Generated when the program is built, as a native one cannot look types up.</summary>
[JsonSerializable(typeof(CheckedSettings))]
[JsonSerializable(typeof(ExplainedSetting))]
[JsonSerializable(typeof(ListedAccount))]
[JsonSerializable(typeof(CreatedToken))]
[JsonSerializable(typeof(ListedToken))]
[JsonSerializable(typeof(AddedHook))]
[JsonSerializable(typeof(ListedHook))]
[JsonSerializable(typeof(MovedData))]
internal sealed partial class ResultJson : JsonSerializerContext
{
    /// <summary>Names as in JavaScript, texts as they are.</summary>
    public static ResultJson Lines { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
