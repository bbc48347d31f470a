using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TestSupport.Time;

namespace Operator.Tests.Certificates.SimulatedCa;

/// <summary>
/// An ACME CA in memory, under virtual time, written from RFC 8555 and RFC 9773 alone: it shares no code with the operator, so
/// that a misreading by one is not repeated by the other. It checks what a CA checks, and counts what a CA counts.
/// </summary>
/// <param name="txt">The TXT values that the world sees at a name.</param>
internal sealed class SimulatedCa(ManualTime clock, Func<string, IReadOnlyCollection<string>> txt) : HttpMessageHandler
{
    private const string Base = "https://ca.test";
    private readonly X509Certificate2 _root = Root();
    private readonly HashSet<string> _nonces = [];
    private readonly Dictionary<string, CaAccount> _accounts = [];
    private readonly Dictionary<string, CaOrder> _orders = [];
    private readonly Dictionary<string, CaAuthorization> _authorizations = [];
    private readonly Dictionary<string, CaCertificate> _byCertId = [];
    private readonly HashSet<CaOrder> _open = [];
    private readonly Random _random = new(7);
    private int _serial;

    public CaOptions Options { get; } = new();

    public static Uri Directory { get; } = new($"{Base}/directory");

    /// <summary>Every certificate issued, in order.</summary>
    public List<CaCertificate> Issued { get; } = [];

    /// <summary>When each new order came.</summary>
    public List<(DateTimeOffset Time, string Account, string Names)> OrdersSeen { get; } = [];

    /// <summary>Every request, as "operation" or "operation path".</summary>
    public List<string> Requests { get; } = [];

    public int FailedValidations { get; private set; }

    /// <summary>The most orders that were neither fulfilled nor lost at one time.</summary>
    public int MostOpenOrders { get; private set; }

    /// <summary>Orders that came with a replaces field that held.</summary>
    public int Replacements { get; private set; }

    public IEnumerable<CaAccount> Accounts => _accounts.Values;

    private DateTimeOffset Now => clock.GetUtcNow();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        Requests.Add(path.Split('/')[1]);
        if (Options.IsDown(Now)) throw new HttpRequestException("connection refused");

        var reply = request.Method == HttpMethod.Post
            ? Answer(path, await request.Content!.ReadAsByteArrayAsync(cancellationToken))
            : Show(path);
        var nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        _nonces.Add(nonce);
        reply.Headers.Add("Replay-Nonce", nonce);
        return reply;
    }

    private HttpResponseMessage Show(string path)
    {
        if (path == "/new-nonce") return new HttpResponseMessage(HttpStatusCode.OK);
        if (path == "/directory")
        {
            var directory = new JsonObject
            {
                ["newNonce"] = $"{Base}/new-nonce",
                ["newAccount"] = $"{Base}/new-account",
                ["newOrder"] = $"{Base}/new-order",
                ["revokeCert"] = $"{Base}/revoke-cert",
                ["keyChange"] = $"{Base}/key-change",
                ["kYo7ZJvQ"] = "https://ca.test/a-random-member",
                ["meta"] = new JsonObject
                {
                    ["profiles"] = new JsonObject { ["classic"] = "", ["tlsserver"] = "", ["shortlived"] = "" },
                },
            };
            if (Options.OffersRenewalInfo) directory["renewalInfo"] = $"{Base}/renewal-info";
            return Json(200, directory);
        }

        if (!path.StartsWith("/renewal-info/", StringComparison.Ordinal)) return Problem(404, "malformed", "no such page");
        if (Options.RenewalInfo is { } words)
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(words()) };

        if (!_byCertId.TryGetValue(path["/renewal-info/".Length..], out var certificate))
            return Problem(404, "malformed", "no such certificate");

        var life = certificate.NotAfter - certificate.NotBefore;
        var (start, end) = Options.Window(certificate);
        var reply = Json(200, new JsonObject
        {
            ["suggestedWindow"] = new JsonObject
            {
                ["start"] = (certificate.NotBefore + life * start).ToString("O", CultureInfo.InvariantCulture),
                ["end"] = (certificate.NotBefore + life * end).ToString("O", CultureInfo.InvariantCulture),
            },
        });
        reply.Headers.Add("Retry-After", "43200");
        return reply;
    }

    private HttpResponseMessage Answer(string path, byte[] body)
    {
        using var jws = JsonDocument.Parse(body);
        var headerText = jws.RootElement.GetProperty("protected").GetString()!;
        var payloadText = jws.RootElement.GetProperty("payload").GetString()!;
        var header = JsonNode.Parse(Bytes(headerText))!;
        var payload = payloadText.Length == 0 ? null : JsonNode.Parse(Bytes(payloadText));

        if ((string?)header["url"] != Base + path) return Problem(400, "unauthorized", "url header does not match");
        if ((string?)header["alg"] != "ES256" && path != "/revoke-cert")
            return Problem(400, "badSignatureAlgorithm", "accounts are ES256 only");
        if (!_nonces.Remove((string?)header["nonce"] ?? "") || _random.Next(100) < Options.BadNoncePercent)
            return Problem(400, "badNonce", "try with another one");

        var kid = (string?)header["kid"];
        var account = kid is null ? null : _accounts.GetValueOrDefault(kid);
        if (kid is not null && account is null) return Problem(400, "accountDoesNotExist", "no account has that URL");
        var jwk = account?.Jwk ?? header["jwk"]!;
        if (!Verifies(jwk, $"{headerText}.{payloadText}", Bytes(jws.RootElement.GetProperty("signature").GetString()!)))
            return Problem(400, "malformed", "the signature is wrong");
        if (account is { Deactivated: true }) return Problem(401, "unauthorized", "the account is deactivated");
        if (Options.Refuse(path.Split('/')[1]) is { } refusal)
        {
            var problem = Problem(refusal.Status, refusal.Kind, refusal.Detail);
            if (refusal.RetryAfter is not null) problem.Headers.Add("Retry-After", refusal.RetryAfter);
            return problem;
        }

        return path.Split('/') switch
        {
            [_, "new-account"] => Register(jwk, payload!),
            [_, "acct", _] => UpdateAccount(account!, payload),
            [_, "key-change"] => ChangeKey(account!, payload!),
            [_, "new-order"] => NewOrder(account!, payload!),
            [_, "order", var id] => OrderReply(200, Settle(_orders[id])),
            [_, "authz", var id] => AuthorizationReply(_authorizations[id], payload),
            [_, "chall", var id] => Trigger(account!, _authorizations[id]),
            [_, "finalize", var id] => FinalizeOrder(_orders[id], payload!),
            [_, "cert", var id] => Chain(_orders[id]),
            [_, "revoke-cert"] => Revoke(account, jwk, payload!),
            _ => Problem(404, "malformed", "no such page"),
        };
    }

    private HttpResponseMessage Register(JsonNode jwk, JsonNode payload)
    {
        var thumbprint = Thumbprint(jwk);
        if (_accounts.Values.FirstOrDefault(known => known.Thumbprint == thumbprint) is { } existing)
            return Located(200, existing.Url, new JsonObject { ["status"] = "valid" });
        if ((bool?)payload["onlyReturnExisting"] == true) return Problem(400, "accountDoesNotExist", "no account has that key");
        if ((bool?)payload["termsOfServiceAgreed"] != true) return Problem(403, "userActionRequired", "agree to the terms");

        var account = new CaAccount($"{Base}/acct/{_accounts.Count + 1}", jwk.DeepClone(), thumbprint)
        {
            Contact = payload["contact"]?.ToJsonString() ?? "",
        };
        _accounts[account.Url] = account;
        return Located(201, account.Url, new JsonObject { ["status"] = "valid" });
    }

    private static HttpResponseMessage UpdateAccount(CaAccount account, JsonNode? payload)
    {
        if (payload?["contact"] is { } contact) account.Contact = contact.ToJsonString();
        if ((string?)payload?["status"] == "deactivated") account.Deactivated = true;
        return Json(200, new JsonObject { ["status"] = account.Deactivated ? "deactivated" : "valid" });
    }

    private static HttpResponseMessage ChangeKey(CaAccount account, JsonNode inner)
    {
        var headerText = (string)inner["protected"]!;
        var header = JsonNode.Parse(Bytes(headerText))!;
        var payload = JsonNode.Parse(Bytes((string)inner["payload"]!))!;
        var jwk = header["jwk"]!;
        if (!Verifies(jwk, $"{headerText}.{(string)inner["payload"]!}", Bytes((string)inner["signature"]!)))
            return Problem(400, "malformed", "the inner signature is wrong");
        if ((string?)payload["account"] != account.Url
            || Thumbprint(payload["oldKey"]!) != account.Thumbprint || header["nonce"] is not null)
            return Problem(400, "malformed", "the inner JWS is wrong");

        (account.Jwk, account.Thumbprint) = (jwk.DeepClone(), Thumbprint(jwk));
        return Json(200, new JsonObject { ["status"] = "valid" });
    }

    private HttpResponseMessage NewOrder(CaAccount account, JsonNode payload)
    {
        var names = payload["identifiers"]!.AsArray().Select(identifier => (string)identifier!["value"]!).ToArray();
        var key = string.Join(",", names.Order(StringComparer.Ordinal));
        var profile = (string?)payload["profile"] ?? "";
        if (!Options.Profiles.ContainsKey(profile)) return Problem(400, "invalidProfile", $"there is no profile {profile}");

        var replaced = payload["replaces"] is { } replaces ? _byCertId.GetValueOrDefault((string)replaces!) : null;
        if (payload["replaces"] is not null && replaced is null)
            return Problem(400, "malformed", "the field replaces names no certificate");
        if (replaced is { Successor: true }) return Problem(409, "alreadyReplaced", "there is a newer one already");

        OrdersSeen.Add((Now, account.Url, key));
        if (replaced is not null)
        {
            Replacements++;
        }
        else
        {
            if (OrdersSeen.Count(order => order.Account == account.Url && order.Time > Now.AddHours(-3))
                > Options.OrdersInThreeHours)
                return Problem(429, "rateLimited", "too many new orders");
            if (Issued.Count(certificate => certificate.Names == key && certificate.IssuedAt > Now.AddDays(-7))
                >= Options.DuplicatesInAWeek)
                return Problem(429, "rateLimited", "too many certificates for these names");
        }

        var order = new CaOrder($"{_orders.Count + 1}", account, names, profile, replaced, Now + TimeSpan.FromDays(7));
        foreach (var name in names)
        {
            var wildcard = name.StartsWith("*.", StringComparison.Ordinal);
            var reused = _authorizations.Values.FirstOrDefault(
                known => known.Account == account && known.Name == name && known.Status == "valid" && known.ValidUntil > Now);
            var authorization = reused ?? new CaAuthorization(
                $"{_authorizations.Count + 1}", account, name, wildcard ? name[2..] : name, wildcard, Token());
            _authorizations[authorization.Id] = authorization;
            order.Authorizations.Add(authorization);
        }

        _orders[order.Id] = order;
        _open.RemoveWhere(known => Settle(known).Status is "valid" or "invalid");
        _open.Add(order);
        MostOpenOrders = Math.Max(MostOpenOrders, _open.Count);
        return OrderReply(201, Settle(order));
    }

    private CaOrder Settle(CaOrder order)
    {
        if (order.Status == "pending"
            && order.Authorizations.Any(authorization => authorization.Status is "invalid" or "deactivated"))
            order.Status = "invalid";
        if (order.Status == "pending" && order.Authorizations.All(authorization => authorization.Status == "valid"))
            order.Status = "ready";
        if (order.Status is "pending" or "ready" && Now > order.Expires) order.Status = "invalid";
        if (order.Status == "processing" && Now >= order.DoneAt) Issue(order);
        return order;
    }

    private static HttpResponseMessage OrderReply(int status, CaOrder order)
    {
        var body = new JsonObject
        {
            ["status"] = order.Status,
            ["expires"] = order.Expires.ToString("O", CultureInfo.InvariantCulture),
            ["identifiers"] = new JsonArray(
                [.. order.Names.Select(name => (JsonNode)new JsonObject { ["type"] = "dns", ["value"] = name })]),
            ["authorizations"] = new JsonArray(
                [.. order.Authorizations.Select(authorization => (JsonNode)$"{Base}/authz/{authorization.Id}")]),
            ["finalize"] = $"{Base}/finalize/{order.Id}",
        };
        if (order.Certificate is not null) body["certificate"] = $"{Base}/cert/{order.Id}";
        var reply = Located(status, $"{Base}/order/{order.Id}", body);
        if (order.Status == "processing") reply.Headers.Add("Retry-After", "3");
        return reply;
    }

    private static HttpResponseMessage AuthorizationReply(CaAuthorization authorization, JsonNode? payload)
    {
        if ((string?)payload?["status"] == "deactivated" && authorization.Status == "pending")
            authorization.Status = "deactivated";
        var challenges = new JsonArray();
        foreach (var type in authorization.Wildcard ? ["dns-01"] : (string[])["http-01", "dns-01", "tls-alpn-01"])
        {
            var challenge = new JsonObject
            {
                ["type"] = type,
                ["url"] = $"{Base}/chall/{authorization.Id}{(type == "dns-01" ? "" : "-" + type)}",
                ["status"] = authorization.Status is "valid" or "invalid" && type == "dns-01" ? authorization.Status : "pending",
                ["token"] = authorization.Token,
            };
            if (authorization.Status == "invalid" && type == "dns-01")
            {
                challenge["error"] = new JsonObject
                {
                    ["type"] = "urn:ietf:params:acme:error:unauthorized", ["detail"] = "No TXT record found", ["status"] = 403,
                };
            }

            challenges.Add(challenge);
        }

        var body = new JsonObject
        {
            ["status"] = authorization.Status,
            ["identifier"] = new JsonObject { ["type"] = "dns", ["value"] = authorization.Host },
            ["challenges"] = challenges,
        };
        if (authorization.Wildcard) body["wildcard"] = true;
        return Json(200, body);
    }

    private HttpResponseMessage Trigger(CaAccount account, CaAuthorization authorization)
    {
        if (authorization.Status != "pending") return Problem(400, "malformed", "the challenge is not pending");

        var expected = Text(SHA256.HashData(Encoding.ASCII.GetBytes($"{authorization.Token}.{account.Thumbprint}")));
        var seen = txt($"_acme-challenge.{authorization.Host}").Contains(expected);
        if (!seen) FailedValidations++;
        authorization.Status = seen ? "valid" : "invalid";
        authorization.ValidUntil = Now + Options.AuthorizationReuse;
        return Json(200, new JsonObject
        {
            ["type"] = "dns-01",
            ["url"] = $"{Base}/chall/{authorization.Id}",
            ["status"] = authorization.Status,
            ["token"] = authorization.Token,
        });
    }

    private HttpResponseMessage FinalizeOrder(CaOrder order, JsonNode payload)
    {
        if (Settle(order).Status != "ready") return Problem(403, "orderNotReady", $"the order is {order.Status}");

        var request = CertificateRequest.LoadSigningRequest(
            Bytes((string)payload["csr"]!), HashAlgorithmName.SHA256,
            CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions, RSASignaturePadding.Pkcs1);
        var asked = request.CertificateExtensions.OfType<X509SubjectAlternativeNameExtension>()
            .Single().EnumerateDnsNames().Order(StringComparer.Ordinal);
        if (!asked.SequenceEqual(order.Names.Order(StringComparer.Ordinal)))
            return Problem(400, "badCSR", "the names are not those of the order");

        order.PublicKey = request.PublicKey;
        order.Status = "processing";
        order.DoneAt = Now + Options.Processing;
        return OrderReply(200, Settle(order));
    }

    private void Issue(CaOrder order)
    {
        var request = new CertificateRequest(
            new X500DistinguishedName("CN=" + order.Names[0]), order.PublicKey!, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in order.Names) names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root, true, false));
        var serial = BitConverter.GetBytes(++_serial).Reverse().Prepend((byte)0x5A).ToArray();
        using var rootKey = _root.GetECDsaPrivateKey()!;
        var certificate = request.Create(
            _root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), Now + Options.ClockAhead,
            Now + Options.Profiles[order.Profile], serial);

        order.Certificate = certificate.ExportCertificatePem();
        order.Status = "valid";
        if (order.Replaced is not null) order.Replaced.Successor = true;
        var keyId = _root.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single().SubjectKeyIdentifierBytes;
        var issued = new CaCertificate(
            string.Join(",", order.Names.Order(StringComparer.Ordinal)), Convert.ToHexString(serial),
            $"{Text(keyId.ToArray())}.{Text(serial)}", Now, Now, Now + Options.Profiles[order.Profile]);
        Issued.Add(issued);
        _byCertId[issued.CertId] = issued;
    }

    private static HttpResponseMessage Chain(CaOrder order)
    {
        var reply = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(order.Certificate + "\n") };
        reply.Content.Headers.ContentType = new("application/pem-certificate-chain");
        return reply;
    }

    private HttpResponseMessage Revoke(CaAccount? account, JsonNode jwk, JsonNode payload)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(Bytes((string)payload["certificate"]!));
        if (account is null && !IsKeyOf(jwk, certificate))
            return Problem(403, "unauthorized", "neither an account nor the certificate's key");

        var known = Issued.Single(issued => issued.Serial == certificate.SerialNumber);
        if (known.Revoked) return Problem(400, "alreadyRevoked", "it was revoked before");

        known.Revoked = true;
        return new HttpResponseMessage(HttpStatusCode.OK);
    }

    private static X509Certificate2 Root()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Simulated root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(-1), DateTimeOffset.UnixEpoch.AddYears(100));
    }

    private static bool Verifies(JsonNode jwk, string signed, byte[] signature)
    {
        var data = Encoding.ASCII.GetBytes(signed);
        if ((string?)jwk["kty"] == "RSA")
        {
            using var rsa = RSA.Create(
                new RSAParameters { Modulus = Bytes((string)jwk["n"]!), Exponent = Bytes((string)jwk["e"]!) });
            return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var key = Curve(jwk);
        return signature.Length == key.KeySize / 4
            && key.VerifyData(data, signature, key.KeySize == 384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256);
    }

    private static ECDsa Curve(JsonNode jwk) => ECDsa.Create(new ECParameters
    {
        Curve = (string?)jwk["crv"] == "P-384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Bytes((string)jwk["x"]!), Y = Bytes((string)jwk["y"]!) },
    });

    /// <summary>RFC 8555 section 7.6: whoever has the certificate's key may revoke it.</summary>
    private static bool IsKeyOf(JsonNode jwk, X509Certificate2 certificate)
    {
        if ((string?)jwk["kty"] == "RSA")
        {
            using var own = certificate.GetRSAPublicKey();
            return own is not null && own.ExportParameters(false).Modulus!.SequenceEqual(Bytes((string)jwk["n"]!));
        }

        using var curve = certificate.GetECDsaPublicKey();
        return curve is not null && curve.ExportParameters(false).Q.X!.SequenceEqual(Bytes((string)jwk["x"]!));
    }

    private static string Thumbprint(JsonNode jwk) =>
        Text(SHA256.HashData(Encoding.ASCII.GetBytes(
            "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + (string)jwk["x"]! + "\",\"y\":\"" + (string)jwk["y"]! + "\"}")));

    private static string Token() => Text(RandomNumberGenerator.GetBytes(24));

    private static byte[] Bytes(string text)
    {
        var padded = text.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(padded + new string('=', (4 - padded.Length % 4) % 4));
    }

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static HttpResponseMessage Located(int status, string url, JsonObject body)
    {
        var reply = Json(status, body);
        reply.Headers.Location = new Uri(url);
        return reply;
    }

    private static HttpResponseMessage Problem(int status, string kind, string detail) =>
        Json(
            status, new JsonObject { ["type"] = "urn:ietf:params:acme:error:" + kind, ["detail"] = detail, ["status"] = status });

    private static HttpResponseMessage Json(int status, JsonObject body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
}
