using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.History;
using Parley.Core.Queries;
using Parley.Server.Http;
using Parley.Server.Http.Accounts;
using Parley.Server.Irc.Wire;
using Parley.Server.Json;
using Parley.Server.Options;

namespace Parley.Server.Previews;

/// <summary><c>GET /previews/{id}</c>: what is found behind the link of a message, by the message's id. It fetches nothing itself. docs/web.md is its specification.</summary>
internal sealed class PreviewEndpoint(LinkPreviews previews, IBroker broker, AccountEndpoints accounts, ParleyOptions options)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        if (options.LinkPreviews)
        {
            routes.MapGet("/previews/{id}", AnswerAsync);
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var id = http.GetRouteValue("id") as string ?? "";
        try
        {
            // Where all that is said is for people with an account, what it links to is, too.
            if (options.RequireAccount)
            {
                await accounts.AuthenticateAsync(http);
            }

            // It may be gone in a moment, with its message.
            http.Response.Headers.CacheControl = "no-store";
            if (await previews.FindAsync(id, http.RequestAborted) is not { } found || !await IsKeptAsync(id, http.RequestAborted))
            {
                await new Problem(StatusCodes.Status404NotFound, "There is no preview of that message").WriteAsync(http);
                return;
            }

            var body = JsonBody.Encode(json =>
            {
                json.WriteString("title", found.Title);
                json.WriteString("description", found.Description);
                json.WriteString("site", found.Site);
            });
            http.Response.ContentType = "application/json";
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
        catch (ProblemException e)
        {
            await e.Problem.WriteAsync(http);
        }
        catch (AccountStoreException)
        {
            await new Problem(StatusCodes.Status503ServiceUnavailable, "Accounts cannot be looked up now, try again later").WriteAsync(http);
        }
        catch (HistoryException)
        {
            await new Problem(StatusCodes.Status503ServiceUnavailable, "History cannot be read now, try again later").WriteAsync(http);
        }
        catch (OperationCanceledException)
        {
            http.Abort();
        }
    }

    /// <summary>True if the message is still there: what operators or its age have removed from history, nobody was told of.</summary>
    private async Task<bool> IsKeptAsync(string id, CancellationToken cancellationToken)
        => MessageId.TryParse(id, out var room, out var number) && await broker.LookAsync(SessionId.Server, new HasMessage(room, number), cancellationToken);
}
