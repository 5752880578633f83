using System.CommandLine;
using Parley.Cli.Chat;
using Parley.Cli.Load;
using Parley.Client;

namespace Parley.Cli.Verbs;

/// <summary>The arguments that say which server is put under load, and by which way.</summary>
internal sealed class LoadServerArguments
{
    private const int FingerprintDigits = 64;

    private readonly Argument<string?> _address = new("host[:port]")
    {
        Description = "The server [default: 127.0.0.1, at the protocol's own port]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<LoadProtocol> _protocol = ChoiceOption.Create("--protocol", "What to speak: the lines protocol, IRC, or IRC over WebSocket (at /irc)", LoadProtocol.Lines);

    private readonly Option<bool> _tls = new("--tls") { Description = "Encrypt the connections. The server's certificate has to be one that this system trusts" };

    private readonly Option<string?> _pin = new("--tls-pin")
    {
        Description = "Encrypt the connections, and accept the one certificate with this SHA-256 fingerprint",
        HelpName = "HEX",
    };

    public LoadServerArguments()
    {
        _address.Validators.Add(result =>
        {
            // Which port is the default does not matter for whether the address can be read.
            if (result.Tokens is [var token] && !ServerAddress.TryParse(token.Value, ChatOptions.LinesPort, out _, out string? error))
            {
                result.AddError(error);
            }
        });
        _pin.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } print && !(print.Length == FingerprintDigits && print.All(char.IsAsciiHexDigit)))
            {
                result.AddError("--tls-pin needs a SHA-256 fingerprint of 64 hexadecimal digits: openssl x509 -in cert.pem -outform der | sha256sum");
            }
        });
    }

    public void AddTo(Command command)
    {
        command.Add(_address);
        command.Add(_protocol);
        command.Add(_tls);
        command.Add(_pin);
    }

    public LoadServer Of(ParseResult arguments)
    {
        LoadProtocol protocol = arguments.GetValue(_protocol);
        string? pin = arguments.GetValue(_pin);
        bool isTls = arguments.GetValue(_tls) || pin is not null;
        int port = LoadServer.DefaultPort(protocol, isTls);
        ServerAddress address = ServerAddress.TryParse(arguments.GetValue(_address) ?? "127.0.0.1", port, out ServerAddress? given, out _) ? given : new ServerAddress("127.0.0.1", port);
        return new LoadServer(address, protocol, isTls ? new ClientTlsOptions { PinnedCertificate = pin } : null);
    }
}
