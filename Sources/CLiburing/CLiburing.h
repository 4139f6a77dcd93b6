// liburing as Swift sees it. Macros that Swift cannot import (shifted enumerators, values newer than liburing 2.3)
// stand here as constants.
#pragma once
// Fixes the C library's feature set before liburing.h asks for a larger one: types that two modules define in two ways
// do not compile in Swift.
#include <features.h>

#include <liburing.h>

static const unsigned uring_setup_single_issuer = 1U << 12;
static const unsigned uring_setup_defer_taskrun = 1U << 13;
static const unsigned uring_setup_submit_all = 1U << 7;
static const unsigned uring_setup_cq_size = 1U << 3;
static const unsigned uring_setup_disabled = 1U << 6;

static const unsigned uring_feature_nodrop = 1U << 1;
static const unsigned uring_feature_ext_arg = 1U << 8;
static const unsigned uring_feature_cqe_skip = 1U << 11;

static const unsigned char uring_sqe_buffer_select = 1U << 5;
static const unsigned char uring_sqe_cqe_skip_success = 1U << 6;
static const unsigned char uring_sqe_fixed_file = 1U << 0;

static const unsigned uring_cqe_buffer = 1U << 0;
static const unsigned uring_cqe_more = 1U << 1;
static const unsigned uring_cqe_buffer_shift = 16;

static const unsigned uring_cancel_all = 1U << 0;
