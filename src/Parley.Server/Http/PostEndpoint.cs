using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Server.Options;
using Parley.Server.Posting;

namespace Parley.Server.Http;

/// <summary><c>POST /rooms/{room}/messages</c>: whoever shows a token says something in a room. docs/protocols/hooks.md is its specification.</summary>
internal sealed class PostEndpoint(
    BearerTokens tokens,
    TokenRates rates,
    IdempotentAnswers answers,
    CutOffRequests cutOff,
    PosterDirectory posters,
    ParleyOptions options,
    ILogger<PostEndpoint> logger)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/rooms/{room}/messages", HandleAsync);

    private async Task HandleAsync(HttpContext http)
    {
        try
        {
            await AnswerAsync(http);
        }
        catch (ProblemException e)
        {
            await e.Problem.WriteAsync(http);
        }
        catch (PostException e)
        {
            await ProblemOf(e).WriteAsync(http);
        }
        catch (HistoryException e)
        {
            Log.CutOffRequestNotFound(logger, e.Message);
            await new Problem(StatusCodes.Status503ServiceUnavailable, "Nobody can tell at the moment whether this was said already, try again later").WriteAsync(http);
        }
        catch (TokenStoreException e)
        {
            Log.TokensFailed(logger, e.Message);
            await new Problem(StatusCodes.Status503ServiceUnavailable, "Keys cannot be looked up at the moment, try again later").WriteAsync(http);
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var token = await tokens.AuthenticateAsync(http);
        var room = RoomIn(http);
        if (!token.Scopes.MayPostTo(room))
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, $"The token of {token.Name} may not post to {room}");
        }

        var request = await PostRequest.ReadAsync(http.Request, options.MaxLineBytes);
        if (!request.As.IsEmpty && request.As != token.Name && !token.Scopes.Names.Contains(request.As))
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, $"The token of {token.Name} may not post as {request.As}");
        }

        var author = request.As.IsEmpty ? token.Name : request.As;
        var (body, isOld) = KeyIn(http) is { } key
            ? await answers.AnswerAsync(token, key, request.Fingerprint(room), async begun =>
            {
                var said = begun is { } time ? await cutOff.FindAsync(token, key, time, author, room, request.Lines.Count) : new PostedMessage?[request.Lines.Count];
                return (await PostAsync(http, token, author, room, request, key, said), said.All(line => line is not null));
            })
            : (await PostAsync(http, token, author, room, request, key: null, new PostedMessage?[request.Lines.Count]), false);
        if (isOld)
        {
            http.Response.Headers["Idempotent-Replayed"] = "true";
        }

        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>Not bound to the request's own life: others may wait for the same answer, and half of some lines helps nobody.</summary>
    private async Task<byte[]> PostAsync(
        HttpContext http, AccessToken token, UserName author, RoomName room, PostRequest request, string? key, PostedMessage?[] said)
    {
        rates.Take(token, http, said.Count(line => line is null));
        List<PostedMessage> posted = [];
        try
        {
            foreach (var line in request.Lines)
            {
                var tags = key is null ? [] : RequestTag.Of(token, key, posted.Count);
                posted.Add(said[posted.Count] ?? await posters.PostAsync(
                    author, room, new MessageDraft(request.Kind, line) { Tags = tags }, CancellationToken.None));
            }
        }
        catch (PostException e) when (posted.Count > 0)
        {
            throw new PostException(e.Failure, $"{e.Message} (of {request.Lines.Count} lines, only the first {(posted.Count == 1 ? "was" : $"{posted.Count} were")} said)");
        }

        return PostAnswer.Encode(posted);
    }

    private static RoomName RoomIn(HttpContext http)
        => RoomName.TryParse((string?)http.GetRouteValue("room"), out var room)
            ? room
            : throw new ProblemException(StatusCodes.Status404NotFound, $"There can be no such room: its name must be {RoomName.Form}");

    private static string? KeyIn(HttpContext http)
    {
        if (!http.Request.Headers.TryGetValue("Idempotency-Key", out var keys))
        {
            return null;
        }

        // An empty one is a program's mistake: it means to be safe, and would post twice.
        var key = keys.ToString();
        return key.Length is > 0 and <= IdempotentAnswers.MaxKeyLength && key.All(character => character is > ' ' and < '\x7f') ? key
            : throw new ProblemException(
                StatusCodes.Status400BadRequest, $"Idempotency-Key must be 1 to {IdempotentAnswers.MaxKeyLength} visible characters of ASCII");
    }

    private static Problem ProblemOf(PostException e) => e.Failure switch
    {
        PostFailure.NameTaken => new(StatusCodes.Status409Conflict, e.Message),
        PostFailure.NotAllowed => new(StatusCodes.Status403Forbidden, e.Message),
        _ => new(StatusCodes.Status503ServiceUnavailable, e.Message) { RetryAfter = TimeSpan.FromSeconds(5) },
    };
}
