using System.CommandLine;
using System.Net;
using Parley.Server.Options;

namespace Parley.Cli.Verbs;

/// <summary>Where a tool listens, on the command line.</summary>
internal static class ListenArgument
{
    /// <summary>An address that may be left out; then it is this machine only, at that port.</summary>
    public static Argument<IPEndPoint> Create(int defaultPort) => new("host:port")
    {
        Description = "Where to listen; * for every address, port 0 for a free one",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, defaultPort),
        CustomParser = result =>
        {
            if (ListenAddress.TryParse(result.Tokens[0].Value, out ListenAddress? address) && address.EndPoint is { } endPoint)
            {
                return endPoint;
            }

            result.AddError($"'{result.Tokens[0].Value}' will not do: give HOST:PORT such as 127.0.0.1:{defaultPort}");
            return null;
        },
    };
}
