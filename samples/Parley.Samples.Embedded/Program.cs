// A web shop that hosts chat: its staff talk in it with `nc`, and the shop itself tells them of every order.
// docs/embedding.md explains it.
//
//   dotnet run --project samples/Parley.Samples.Embedded -- --urls http://127.0.0.1:8000 --lines 127.0.0.1:42069
//   nc 127.0.0.1 42069
//   curl -d "" http://127.0.0.1:8000/orders/42

using Parley.Core.Names;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Server.Posting;
using Parley.Server.Transport;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddParley(options =>
{
    if (builder.Configuration["lines"] is { } text && ListenAddress.TryParse(text, out ListenAddress? lines))
    {
        options.Lines = lines;
    }
});

WebApplication app = builder.Build();
UserName.TryParse("shop", out UserName shop);
RoomName.TryParse("main", out RoomName room);

// The application's own, as before.
app.MapPost("/orders/{number:int}", async (int number, IRoomPoster chat, CancellationToken cancellationToken) =>
{
    PostedMessage message = await chat.PostAsync(shop, room, $"order {number} came in", cancellationToken: cancellationToken);
    return Results.Ok(new { number, told = message.Id });
});

// Chat's: the page at /chat/, /chat/irc over WebSocket, /chat/rooms/{room}/messages, /chat/health/ready, /chat/metrics, /chat/status.
app.MapParley("/chat");
app.Lifetime.ApplicationStarted.Register(() =>
{
    foreach (Listener listener in app.Services.GetRequiredService<IListenerList>().Listeners)
    {
        Console.WriteLine($"{listener.Name} {listener.Address}");
    }
});
app.Run();
