using System.Text.Json.Serialization.Metadata;
using Parley.Core.Tokens;
using Parley.Server.Admin;

namespace Parley.Server.Http.Api;

/// <summary>One thing that may be asked over HTTP: a command of the administrator's socket, in the words of Ergo's API.</summary>
/// <param name="Path">Where, behind <c>/v1/</c>.</param>
/// <param name="Scope">What a token has to be for.</param>
/// <param name="Summary">What it does, for people.</param>
/// <param name="Takes">Members of a request that it looks at.</param>
/// <param name="Answer">What an answer consists of.</param>
/// <param name="Ask">The command.</param>
/// <param name="Tell">The answer to it.</param>
internal sealed record ApiMethod(
    string Path, AdminScopes Scope, string Summary, IReadOnlyList<string> Takes, JsonTypeInfo Answer, Func<ApiRequest, AdminRequest> Ask, Func<AdminAnswer, object> Tell)
{
    /// <summary>Another path that asks for the same, as earlier programs know it; null if there is none.</summary>
    public string? OldPath { get; init; }
}
