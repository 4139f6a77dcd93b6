// OpenSSL 3 as Swift sees it. What are macros with arguments or casts in C, which Swift cannot import, stand here as
// functions and constants named `tls_...`.
#pragma once
#include <stdint.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

static const uint64_t tls_option_no_renegotiation = SSL_OP_NO_RENEGOTIATION;
static const uint64_t tls_option_no_compression = SSL_OP_NO_COMPRESSION;

static const long tls_mode_release_buffers = SSL_MODE_RELEASE_BUFFERS;
static const long tls_mode_partial_write = SSL_MODE_ENABLE_PARTIAL_WRITE;
static const long tls_mode_moving_write_buffer = SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER;

/// Returns 1, or 0 where this OpenSSL does not know the version.
static inline int tls_context_set_minimum_version(SSL_CTX *context, int version) {
    return (int)SSL_CTX_set_min_proto_version(context, version);
}

/// Returns 1, or 0 where this OpenSSL does not know the version.
static inline int tls_context_set_maximum_version(SSL_CTX *context, int version) {
    return (int)SSL_CTX_set_max_proto_version(context, version);
}

/// Adds to the modes that are set.
static inline void tls_context_add_modes(SSL_CTX *context, long modes) { SSL_CTX_set_mode(context, modes); }

/// The name that the client tells the server (RFC 6066 §3). Returns 1, or 0 with the reason in the error queue.
static inline int tls_set_server_name(SSL *session, const char *name) {
    return (int)SSL_set_tlsext_host_name(session, name);
}

/// A read that found nothing shall be tried again when there is more.
static inline void tls_bio_set_retry_read(BIO *bio) { BIO_set_retry_read(bio); }

static inline void tls_bio_clear_retry(BIO *bio) { BIO_clear_retry_flags(bio); }
