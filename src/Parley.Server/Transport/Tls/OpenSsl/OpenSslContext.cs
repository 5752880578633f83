using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Server.Transport.Tls.OpenSsl;

/// <summary>The terms on which a listener agrees on TLS: its certificate, its versions and ciphers, its protocol, its tickets.</summary>
internal sealed unsafe class OpenSslContext : IDisposable
{
    // Suites that keep the past secret if the key is ever lost, and that vouch for what they encrypt; 1.3 has no others.
    private const string Tls12Ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

    private const int MinimalVersion = 0x0303;

    // Numbers of ssl.h and tls1.h, which has calls for these as macros.
    private const int ControlMode = 33;
    private const int ControlSessionCacheMode = 44;
    private const int ControlChainCertificate = 89;
    private const int ControlMinimalVersion = 123;
    private const int ModeMovingWriteBuffer = 0x02;
    private const int ModeReleaseBuffers = 0x10;
    private const int SessionCacheOff = 0;
    private const int VerifyPeer = 1;
    private const ulong OptionNoCompression = 1 << 17;
    private const ulong OptionServerPreference = 1 << 22;
    private const ulong OptionNoRenegotiation = 1 << 30;
    private const int AlpnAgreed = 0;
    private const int AlpnRefused = 2;

    private readonly byte[] _protocol;
    private readonly TicketKeys _tickets;
    private nint _context;

    /// <summary>Puts the terms together.</summary>
    /// <exception cref="CryptographicException">OpenSSL takes the certificate or its key for too weak, or does not know their kind.</exception>
    public OpenSslContext(SslStreamCertificateContext certificate, SslApplicationProtocol protocol, TicketKeys tickets)
    {
        _protocol = protocol.Protocol.ToArray();
        _tickets = tickets;
        _context = Checked(OpenSslLibrary.SSL_CTX_new(OpenSslLibrary.TLS_server_method()));
        try
        {
            Use(certificate);
            OpenSslLibrary.SSL_CTX_ctrl(_context, ControlMinimalVersion, MinimalVersion, 0);
            OpenSslLibrary.SSL_CTX_ctrl(_context, ControlMode, ModeMovingWriteBuffer | ModeReleaseBuffers, 0);
            OpenSslLibrary.SSL_CTX_set_options(_context, OptionNoCompression | OptionServerPreference | OptionNoRenegotiation);
            Checked(OpenSslLibrary.SSL_CTX_set_cipher_list(_context, Tls12Ciphers));
            OpenSslLibrary.SSL_CTX_set_alpn_select_cb(_context, &ChooseProtocol, 0);

            // Any certificate of a client will do: accounts know it by its fingerprint, and nobody has to vouch for it.
            OpenSslLibrary.SSL_CTX_set_verify(_context, VerifyPeer, 0);
            OpenSslLibrary.SSL_CTX_set_cert_verify_callback(_context, &AcceptAnyCertificate, 0);
            UseTickets();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Frees it; sessions that were begun on it go on.</summary>
    public void Dispose()
    {
        OpenSslLibrary.SSL_CTX_free(_context);
        _context = 0;
    }

    /// <summary>A new session of a server, which has nothing to read from or write to yet.</summary>
    public nint CreateSession() => Checked(OpenSslLibrary.SSL_new(_context));

    private static nint Checked(nint result)
        => result > 0 || result < -1 ? result : throw new CryptographicException(OpenSslLibrary.TakeError() ?? "OpenSSL failed without a reason");

    [UnmanagedCallersOnly]
    private static int AcceptAnyCertificate(nint store, nint argument) => 1;

    /// <summary>A client that names protocols and not this one is turned away.</summary>
    [UnmanagedCallersOnly]
    private static int ChooseProtocol(nint session, byte** chosen, byte* chosenBytes, byte* offered, uint offeredBytes, nint argument)
    {
        var wanted = OpenSslBio.Current.Context._protocol;
        for (uint at = 0; at < offeredBytes; at += 1u + offered[at])
        {
            if (at + offered[at] < offeredBytes && new ReadOnlySpan<byte>(offered + at + 1, offered[at]).SequenceEqual(wanted))
            {
                *chosen = offered + at + 1;
                *chosenBytes = offered[at];
                return AlpnAgreed;
            }
        }

        return AlpnRefused;
    }

    /// <summary>Seals a ticket, or opens one: 1, or 2 if the client is to have a new one; 0 if the key is unknown, and less if it cannot be done.</summary>
    [UnmanagedCallersOnly]
    private static int UseTicketKey(nint session, byte* name, byte* iv, nint cipher, nint mac, int isSealing)
    {
        const int NameBytes = TicketKey.NameBytes;
        var keys = OpenSslBio.Current.Context._tickets;
        var current = keys.Current;
        var key = isSealing != 0 ? current : keys.Find(new ReadOnlySpan<byte>(name, NameBytes));
        if (key is null)
        {
            return 0;
        }

        if (isSealing != 0)
        {
            key.Name.CopyTo(new Span<byte>(name, NameBytes));
            RandomNumberGenerator.Fill(new Span<byte>(iv, 16));
        }

        fixed (byte* encryption = key.Encryption, authentication = key.Authentication, keyName = "key"u8, digestName = "digest"u8, digest = "SHA256"u8)
        {
            var parameters = stackalloc OpenSslParameter[3];
            parameters[0] = new OpenSslParameter { Name = keyName, Type = OpenSslParameter.OctetString, Value = authentication, ValueBytes = TicketKey.KeyBytes };
            parameters[1] = new OpenSslParameter { Name = digestName, Type = OpenSslParameter.Utf8String, Value = digest, ValueBytes = 6 };
            parameters[2] = default;
            var isReady = OpenSslLibrary.EVP_MAC_CTX_set_params(mac, parameters) == 1
                && (isSealing != 0
                    ? OpenSslLibrary.EVP_EncryptInit_ex(cipher, OpenSslLibrary.EVP_aes_256_cbc(), 0, encryption, iv)
                    : OpenSslLibrary.EVP_DecryptInit_ex(cipher, OpenSslLibrary.EVP_aes_256_cbc(), 0, encryption, iv)) == 1;
            return !isReady ? -1 : key == current ? 1 : 2;
        }
    }

    private static byte[] PrivateKey(X509Certificate2 certificate)
    {
        using AsymmetricAlgorithm? key = (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey();
        return key?.ExportPkcs8PrivateKey() ?? throw new CryptographicException("Keys have to be of RSA or ECDSA");
    }

    private void Use(SslStreamCertificateContext certificate)
    {
        var leaf = Read(certificate.TargetCertificate);
        Checked(OpenSslLibrary.SSL_CTX_use_certificate(_context, leaf));
        OpenSslLibrary.X509_free(leaf);
        foreach (var issuer in certificate.IntermediateCertificates)
        {
            var link = Read(issuer);
            Checked(OpenSslLibrary.SSL_CTX_ctrl(_context, ControlChainCertificate, 1, link));
            OpenSslLibrary.X509_free(link);
        }

        var pkcs8 = PrivateKey(certificate.TargetCertificate);
        fixed (byte* start = pkcs8)
        {
            var bytes = start;
            var key = Checked(OpenSslLibrary.d2i_AutoPrivateKey(0, &bytes, pkcs8.Length));
            CryptographicOperations.ZeroMemory(pkcs8);
            var used = OpenSslLibrary.SSL_CTX_use_PrivateKey(_context, key);
            OpenSslLibrary.EVP_PKEY_free(key);
            Checked(used);
        }
    }

    private static nint Read(X509Certificate2 certificate)
    {
        var der = certificate.RawDataMemory.Span;
        fixed (byte* start = der)
        {
            var bytes = start;
            return Checked(OpenSslLibrary.d2i_X509(0, &bytes, der.Length));
        }
    }

    /// <summary>Enables session tickets, which clients show when they come back; the server itself remembers nobody.</summary>
    private void UseTickets()
    {
        OpenSslLibrary.SSL_CTX_ctrl(_context, ControlSessionCacheMode, SessionCacheOff, 0);
        Checked(OpenSslLibrary.SSL_CTX_set_num_tickets(_context, 1));
        OpenSslLibrary.SSL_CTX_set_timeout(_context, (nint)TicketKeys.Lifetime.TotalSeconds);
        Checked(OpenSslLibrary.SSL_CTX_set_tlsext_ticket_key_evp_cb(_context, &UseTicketKey));

        // Without, nobody who may show a certificate could come back.
        fixed (byte* id = "parley"u8)
        {
            Checked(OpenSslLibrary.SSL_CTX_set_session_id_context(_context, id, 6));
        }
    }
}
